-- A result is published of a payment, not of a benefit: money that the bank sent back was not
-- paid, and what is paid again is a new result.
ALTER TABLE disclosure DROP CONSTRAINT disclosure_entitlement_id_key;
ALTER TABLE disclosure ADD COLUMN payment_id text NOT NULL UNIQUE REFERENCES payment;
CREATE INDEX disclosure_entitlement_id_idx ON disclosure (entitlement_id);
CREATE INDEX disclosure_published_at_id_idx ON disclosure (published_at, id);

-- Only what the bank has booked is published, and with the amount that it booked.
CREATE FUNCTION refuse_result_without_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM payment WHERE id = NEW.payment_id AND status = 'settled'
      AND entitlement_id = NEW.entitlement_id AND amount_fen = NEW.amount_fen AND settled_on = NEW.paid_on
  ) THEN
    RAISE EXCEPTION 'result % does not match a settled payment', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER disclosure_like_payment BEFORE INSERT ON disclosure
  FOR EACH ROW EXECUTE FUNCTION refuse_result_without_payment();
