-- Other ways in which a benefit reaches its firm: tax declared, a bill, the interest of a loan. Each is ordered, asked
-- about and proved as a bank transfer is.

-- ---------------------------------------------------------------- where it arrives

-- A number at another institution: 户号, loan, taxpayer. It is the firm's, and no account that money can be sent to.
ALTER TABLE bank_account
  ADD COLUMN channel text NOT NULL DEFAULT 'bank-transfer'
    CHECK (channel IN ('bank-transfer', 'tax-receipt', 'bill-deduction', 'loan-interest'));
ALTER TABLE bank_account DROP CONSTRAINT bank_account_status_check;
ALTER TABLE bank_account ADD CONSTRAINT bank_account_status_check CHECK (status IN ('active', 'superseded', 'elsewhere'));
ALTER TABLE bank_account ADD CONSTRAINT bank_account_elsewhere_check
  CHECK ((status = 'elsewhere') = (channel <> 'bank-transfer'));
CREATE UNIQUE INDEX bank_account_elsewhere ON bank_account (firm_code, channel, bank_code, account_index, holder_name)
  WHERE status = 'elsewhere';

-- What a department's own records say of it does not rest as an account does that somebody has put in.
DROP TRIGGER bank_account_rest ON bank_account;
CREATE TRIGGER bank_account_rest BEFORE INSERT ON bank_account
  FOR EACH ROW WHEN (NEW.status <> 'elsewhere') EXECUTE FUNCTION refuse_account_without_rest();
CREATE TRIGGER bank_account_rest_kept BEFORE UPDATE ON bank_account
  FOR EACH ROW WHEN (NEW.status <> 'elsewhere' AND OLD.status <> 'elsewhere') EXECUTE FUNCTION refuse_account_without_rest();

-- Such a number never becomes an account, nor an account such a number.
CREATE FUNCTION refuse_other_channel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.channel, NEW.status = 'elsewhere') IS DISTINCT FROM (OLD.channel, OLD.status = 'elsewhere')
     OR OLD.status = 'elsewhere' AND (NEW.firm_code, NEW.holder_name, NEW.account_index, NEW.bank_code)
       IS DISTINCT FROM (OLD.firm_code, OLD.holder_name, coalesce(OLD.account_index, NEW.account_index), OLD.bank_code) THEN
    RAISE EXCEPTION '% stays what it is: %', OLD.id, OLD.channel USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bank_account_same_channel BEFORE UPDATE ON bank_account FOR EACH ROW EXECUTE FUNCTION refuse_other_channel();

-- ---------------------------------------------------------------- one order, one channel

ALTER TABLE payment_batch
  ADD COLUMN channel text NOT NULL DEFAULT 'bank-transfer'
    CHECK (channel IN ('bank-transfer', 'tax-receipt', 'bill-deduction', 'loan-interest'));
ALTER TABLE payment
  ADD COLUMN channel text NOT NULL DEFAULT 'bank-transfer'
    CHECK (channel IN ('bank-transfer', 'tax-receipt', 'bill-deduction', 'loan-interest'));

CREATE FUNCTION refuse_payment_by_other_channel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.channel <> (SELECT channel FROM bank_account WHERE id = NEW.bank_account_id)
     OR TG_OP = 'UPDATE' AND NEW.channel <> OLD.channel
     OR NEW.batch_id IS NOT NULL AND NEW.channel <> (SELECT channel FROM payment_batch WHERE id = NEW.batch_id) THEN
    RAISE EXCEPTION 'payment % goes by %', NEW.id, NEW.channel USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_by_channel BEFORE INSERT OR UPDATE ON payment
  FOR EACH ROW EXECUTE FUNCTION refuse_payment_by_other_channel();
CREATE FUNCTION refuse_batch_by_other_channel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'payment batch % goes by %', OLD.id, OLD.channel USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER payment_batch_by_channel BEFORE UPDATE ON payment_batch
  FOR EACH ROW WHEN (NEW.channel <> OLD.channel) EXECUTE FUNCTION refuse_batch_by_other_channel();

-- Which channel's statement said so: a line of one settles no payment of another.
ALTER TABLE statement_line
  ADD COLUMN channel text NOT NULL DEFAULT 'bank-transfer'
    CHECK (channel IN ('bank-transfer', 'tax-receipt', 'bill-deduction', 'loan-interest'));
CREATE FUNCTION refuse_line_of_other_channel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.result IN ('settled', 'returned')
     AND NEW.channel <> (SELECT channel FROM payment WHERE end_to_end_id = NEW.end_to_end_id) THEN
    RAISE EXCEPTION 'line % is of %, its payment is not', NEW.reference, NEW.channel USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER statement_line_of_channel BEFORE INSERT ON statement_line
  FOR EACH ROW EXECUTE FUNCTION refuse_line_of_other_channel();

-- ---------------------------------------------------------------- parts of an award, by loan

-- An award that goes to several loans is in parts as well, all due at once: the days do not go back, and a part waits
-- only for parts of an earlier day.
CREATE OR REPLACE FUNCTION refuse_parts_unlike_award() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  award entitlement%ROWTYPE;
  found_parts integer;
  found_fen bigint;
  alike boolean;
BEGIN
  SELECT * INTO award FROM entitlement WHERE id = NEW.award_id;
  SELECT count(*), sum(own.amount_fen), bool_and(
      (own.parts, own.award_fen) = (NEW.parts, NEW.award_fen) AND owed.amount_fen = own.amount_fen
      AND (owed.firm_code, owed.policy_id, owed.policy_version_id, owed.decision_id, owed.consent_id)
        IS NOT DISTINCT FROM (award.firm_code, award.policy_id, award.policy_version_id, award.decision_id, award.consent_id)
      AND NOT EXISTS (SELECT FROM award_part later WHERE later.award_id = own.award_id
        AND later.part > own.part AND later.part <= NEW.parts AND later.due_on < own.due_on))
    INTO found_parts, found_fen, alike
  FROM award_part own JOIN entitlement owed ON owed.id = own.entitlement_id
  WHERE own.award_id = NEW.award_id AND own.part <= NEW.parts;
  IF award.consent_id IS NULL OR found_parts <> NEW.parts OR found_fen <> NEW.award_fen OR NOT alike THEN
    RAISE EXCEPTION 'the parts of award % do not make it up', NEW.award_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION refuse_payment_before_its_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM award_part WHERE entitlement_id = NEW.entitlement_id AND part > 1
       AND due_on > (NEW.created_at AT TIME ZONE 'Asia/Shanghai')::date) THEN
    RAISE EXCEPTION 'payment % comes before the day of its part', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM award_part own JOIN award_part earlier ON earlier.award_id = own.award_id AND earlier.due_on < own.due_on
       JOIN entitlement owed ON owed.id = earlier.entitlement_id
       WHERE own.entitlement_id = NEW.entitlement_id AND owed.status NOT IN ('paid', 'received')) THEN
    RAISE EXCEPTION 'payment % comes before an earlier part of its award', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
