-- A fund that is given out to all at once, by the rule that its policy declares, and the public order of who waits.

-- What the decision said, where the fund gave less; and the place among those who wait.
ALTER TABLE entitlement
  ADD COLUMN claimed_fen bigint,
  ADD COLUMN waiting_place integer CHECK (waiting_place > 0),
  ADD CONSTRAINT entitlement_claimed_check CHECK (claimed_fen > amount_fen),
  ADD CONSTRAINT entitlement_waiting_check CHECK (waiting_place IS NULL OR status = 'waitlisted');
CREATE INDEX entitlement_waiting_idx ON entitlement (budget_line, waiting_place, confirmed_at) WHERE status = 'waitlisted';

-- Everything that the result follows from, and the result: who has this can do it again.
CREATE TABLE fund_allocation (
  id            text PRIMARY KEY,
  policy_id     text NOT NULL,
  period        text NOT NULL,
  budget_line   text NOT NULL REFERENCES budget_line,
  policy_version_id text NOT NULL REFERENCES policy_version,
  closed_on     date NOT NULL,
  claims        jsonb NOT NULL CHECK (jsonb_array_length(claims) > 0),
  fund_fen      bigint NOT NULL CHECK (fund_fen >= 0),
  seed          text,
  shares        jsonb NOT NULL CHECK (jsonb_array_length(shares) = jsonb_array_length(claims)),
  left_fen      bigint NOT NULL CHECK (left_fen BETWEEN 0 AND fund_fen),
  inputs_sha256 text NOT NULL,
  result_sha256 text NOT NULL,
  allocated_at  timestamptz(3) NOT NULL,
  UNIQUE (policy_id, period, budget_line)
);
CREATE TRIGGER fund_allocation_append_only BEFORE UPDATE OR DELETE ON fund_allocation
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fund_allocation_no_truncate BEFORE TRUNCATE ON fund_allocation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The seed of a lottery, told once and after its window has closed; its digest is in the policy.
CREATE TABLE lottery_seed (
  policy_version_id text NOT NULL REFERENCES policy_version,
  period            text NOT NULL,
  seed              text NOT NULL CHECK (length(seed) BETWEEN 16 AND 500),
  told_by           text NOT NULL CHECK (told_by NOT LIKE 'system:%'),
  told_at           timestamptz(3) NOT NULL,
  PRIMARY KEY (policy_version_id, period)
);
CREATE TRIGGER lottery_seed_append_only BEFORE UPDATE OR DELETE ON lottery_seed
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER lottery_seed_no_truncate BEFORE TRUNCATE ON lottery_seed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was decided is what is paid; less only by an allocation, once, and to exactly the amount that it gave.
CREATE OR REPLACE FUNCTION refuse_changed_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'payment_batch' THEN
    IF (NEW.id, NEW.message_id, NEW.maker, NEW.count, NEW.total_fen, NEW.sha256)
       IS DISTINCT FROM (OLD.id, OLD.message_id, OLD.maker, OLD.count, OLD.total_fen, OLD.sha256)
       OR NOT sealed_anew(OLD.file, NEW.file)
       OR (OLD.checker IS NOT NULL AND NEW.checker IS DISTINCT FROM OLD.checker) THEN
      RAISE EXCEPTION 'payment batch % is fixed once drafted', OLD.id USING ERRCODE = 'check_violation';
    END IF;
  ELSIF TG_TABLE_NAME = 'payment' THEN
    IF (NEW.id, NEW.entitlement_id, NEW.attempt, NEW.end_to_end_id, NEW.budget_line, NEW.amount_fen,
        NEW.bank_account_id, NEW.holder_name, NEW.bank_code)
       IS DISTINCT FROM (OLD.id, OLD.entitlement_id, OLD.attempt, OLD.end_to_end_id, OLD.budget_line, OLD.amount_fen,
        OLD.bank_account_id, OLD.holder_name, OLD.bank_code)
       OR NEW.account_index IS DISTINCT FROM coalesce(OLD.account_index, NEW.account_index)
       OR NOT sealed_anew(OLD.account_no, NEW.account_no) THEN
      RAISE EXCEPTION 'the terms of payment % are fixed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
  ELSE
    IF (NEW.firm_code, NEW.policy_id, NEW.period) IS DISTINCT FROM (OLD.firm_code, OLD.policy_id, OLD.period) THEN
      RAISE EXCEPTION 'the terms of entitlement % are fixed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status NOT IN ('offered', 'declined', 'withdrawn')
       AND (NEW.amount_fen, NEW.claimed_fen) IS DISTINCT FROM (OLD.amount_fen, OLD.claimed_fen) AND NOT (
         OLD.status = 'waitlisted' AND NEW.status = 'confirmed' AND OLD.claimed_fen IS NULL AND NEW.claimed_fen = OLD.amount_fen
         AND EXISTS (SELECT 1 FROM fund_allocation WHERE policy_id = OLD.policy_id AND period = OLD.period
           AND shares @> jsonb_build_array(jsonb_build_object('id', OLD.id, 'allottedFen', NEW.amount_fen::text)))) THEN
      RAISE EXCEPTION 'the terms of entitlement % are fixed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
