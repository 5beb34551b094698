-- Money leaves by a bank's statement only: what no code may do to a payment, said where code cannot reach.

-- ---------------------------------------------------------------- who pays

-- The account that a budget line is paid from; the bank's statement must be for exactly this one.
CREATE TABLE payer_account (
  budget_line text PRIMARY KEY REFERENCES budget_line,
  name        text NOT NULL CHECK (name <> ''),
  account_no  text NOT NULL CHECK (account_no ~ '^[0-9]{8,30}$'),
  bank_code   text NOT NULL CHECK (bank_code ~ '^[0-9]{12}$')
);
CREATE TRIGGER payer_account_append_only BEFORE UPDATE OR DELETE ON payer_account
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payer_account_no_truncate BEFORE TRUNCATE ON payer_account
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ---------------------------------------------------------------- a payment that is not to be made

-- Prepared but never in a batch: the firm is not entitled any more, or named another account.
INSERT INTO legal_transition (entity, from_state, to_state) VALUES ('payment', 'reserved', 'voided');
ALTER TABLE payment DROP CONSTRAINT payment_check;
ALTER TABLE payment ADD CONSTRAINT payment_batch_check CHECK ((status IN ('reserved', 'voided')) = (batch_id IS NULL));
ALTER TABLE payment ADD CONSTRAINT payment_voided_check CHECK (status <> 'voided' OR reason IS NOT NULL);
CREATE INDEX payment_batch_id_idx ON payment (batch_id);

-- ---------------------------------------------------------------- only the statement says "paid"

-- A payment is debited once and returned once, whatever the bank repeats.
CREATE UNIQUE INDEX statement_line_once ON statement_line (end_to_end_id, direction) WHERE result <> 'suspense';

CREATE FUNCTION refuse_payment_without_cause() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  missing text;
BEGIN
  IF NEW.status = OLD.status THEN
    RETURN NEW;
  END IF;
  missing := CASE
    WHEN NEW.status = 'batched' AND NOT EXISTS (
      SELECT 1 FROM payment_batch WHERE id = NEW.batch_id AND status = 'drafted') THEN 'a drafted batch'
    WHEN NEW.status = 'submitted' AND NOT EXISTS (
      SELECT 1 FROM payment_batch WHERE id = NEW.batch_id AND status = 'sending') THEN 'an approved batch on its way'
    WHEN NEW.status = 'settled' AND NOT EXISTS (
      SELECT 1 FROM statement_line WHERE end_to_end_id = NEW.end_to_end_id AND direction = 'debit'
        AND result = 'settled' AND amount_fen = NEW.amount_fen) THEN 'a booked debit'
    WHEN NEW.status = 'returned' AND NOT EXISTS (
      SELECT 1 FROM statement_line WHERE end_to_end_id = NEW.end_to_end_id AND direction = 'credit'
        AND result = 'returned' AND amount_fen = NEW.amount_fen) THEN 'a booked return'
  END;
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'payment % cannot become % without %', NEW.id, NEW.status, missing USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_with_cause BEFORE UPDATE ON payment
  FOR EACH ROW EXECUTE FUNCTION refuse_payment_without_cause();

CREATE FUNCTION refuse_entitlement_against_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status THEN
    RETURN NEW;
  END IF;
  IF NEW.status = 'paid' AND NOT EXISTS (
    SELECT 1 FROM payment WHERE entitlement_id = NEW.id AND status = 'settled') THEN
    RAISE EXCEPTION 'entitlement % is not paid: no payment of it is settled', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.status = 'paid' AND NEW.status = 'confirmed' AND EXISTS (
    SELECT 1 FROM payment WHERE entitlement_id = NEW.id AND status = 'settled') THEN
    RAISE EXCEPTION 'entitlement % is paid: its payment was not returned', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.status = 'confirmed' AND NEW.status = 'withdrawn' AND EXISTS (
    SELECT 1 FROM payment WHERE entitlement_id = NEW.id
      AND status IN ('reserved', 'batched', 'submitted', 'accepted', 'settled')) THEN
    RAISE EXCEPTION 'entitlement % has a payment under way', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entitlement_like_payment BEFORE UPDATE ON entitlement
  FOR EACH ROW EXECUTE FUNCTION refuse_entitlement_against_payment();

-- As before, and: the entitlement is locked while its payment is born, so that nobody withdraws it
-- in the same moment; and the money goes to an account of that very firm.
CREATE OR REPLACE FUNCTION refuse_payment_unlike_entitlement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owed entitlement%ROWTYPE;
BEGIN
  SELECT * INTO owed FROM entitlement WHERE id = NEW.entitlement_id FOR UPDATE;
  IF owed.status <> 'confirmed' OR owed.amount_fen <> NEW.amount_fen OR owed.budget_line <> NEW.budget_line THEN
    RAISE EXCEPTION 'payment % does not match its entitlement (%)', NEW.id, owed.status USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM bank_account WHERE id = NEW.bank_account_id AND firm_code = owed.firm_code
      AND (holder_name, account_no, bank_code) = (NEW.holder_name, NEW.account_no, NEW.bank_code)) THEN
    RAISE EXCEPTION 'payment % does not go to an account of firm %', NEW.id, owed.firm_code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
