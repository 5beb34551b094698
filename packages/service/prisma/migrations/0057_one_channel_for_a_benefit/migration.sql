-- What was agreed to for a bill, a loan's bank or a tax declaration never goes to an account, nor the other way round:
-- money for the lender would be paid to the borrower. It may move to another number of its own channel.
CREATE FUNCTION refuse_benefit_by_other_channel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT channel FROM bank_account WHERE id = NEW.bank_account_id)
     IS DISTINCT FROM (SELECT channel FROM bank_account WHERE id = OLD.bank_account_id) THEN
    RAISE EXCEPTION 'entitlement % keeps its channel', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER entitlement_same_channel BEFORE UPDATE OF bank_account_id ON entitlement FOR EACH ROW
  WHEN (OLD.bank_account_id IS NOT NULL AND NEW.bank_account_id IS NOT NULL
        AND NEW.bank_account_id <> OLD.bank_account_id)
  EXECUTE FUNCTION refuse_benefit_by_other_channel();
