-- Account numbers, bank files and held files lie encrypted. SQL compares blind indexes, which are equal
-- for equal numbers whatever key sealed them; only who holds the keys can read the numbers.

CREATE TABLE sealing_key (
  fingerprint text PRIMARY KEY,
  only_one    boolean NOT NULL DEFAULT true UNIQUE CHECK (only_one)
);

ALTER TABLE bank_account DROP CONSTRAINT bank_account_account_no_check;
ALTER TABLE bank_account ADD COLUMN account_index text;
ALTER TABLE payment ADD COLUMN account_index text;
CREATE INDEX bank_account_index_idx ON bank_account (account_index);

-- The client seals what is already there when it opens the store; from now on nothing plain gets in.
ALTER TABLE bank_account ADD CONSTRAINT bank_account_sealed
  CHECK (account_no LIKE 'sealed:%' AND account_index ~ '^[0-9a-f]{32}$') NOT VALID;
ALTER TABLE payment ADD CONSTRAINT payment_sealed
  CHECK (account_no LIKE 'sealed:%' AND account_index ~ '^[0-9a-f]{32}$') NOT VALID;
ALTER TABLE payment_batch ADD CONSTRAINT payment_batch_sealed CHECK (file LIKE 'sealed:%') NOT VALID;
ALTER TABLE bank_file ADD CONSTRAINT bank_file_sealed CHECK (content LIKE 'sealed:%') NOT VALID;
ALTER TABLE quarantined_delivery ADD CONSTRAINT quarantined_delivery_sealed
  CHECK (substring(bytes FROM 1 FOR 7) = 'sealed:'::bytea) NOT VALID;
ALTER TABLE name_list ADD CONSTRAINT name_list_sealed
  CHECK (substring(bytes FROM 1 FOR 7) = 'sealed:'::bytea) NOT VALID;
ALTER TABLE dispute ADD CONSTRAINT dispute_sealed
  CHECK (evidence IS NULL OR substring(evidence FROM 1 FOR 7) = 'sealed:'::bytea) NOT VALID;

-- A value may be sealed anew (first time, or with another key); what it says is held by index and digest.
CREATE FUNCTION sealed_anew(before text, after text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT before IS NOT DISTINCT FROM after
    OR after LIKE 'sealed:%' AND split_part(after, ':', 2) IS DISTINCT FROM
      CASE WHEN before LIKE 'sealed:%' THEN split_part(before, ':', 2) END
$$;

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
    IF (NEW.firm_code, NEW.policy_id, NEW.period) IS DISTINCT FROM (OLD.firm_code, OLD.policy_id, OLD.period)
       OR (OLD.status NOT IN ('offered', 'declined', 'withdrawn') AND NEW.amount_fen <> OLD.amount_fen) THEN
      RAISE EXCEPTION 'the terms of entitlement % are fixed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;

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
      AND (holder_name, account_index, bank_code) = (NEW.holder_name, NEW.account_index, NEW.bank_code)) THEN
    RAISE EXCEPTION 'payment % does not go to an account of firm %', NEW.id, owed.firm_code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION sealed_anew(before bytea, after bytea) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT before IS NOT DISTINCT FROM after
    OR sealed_anew(encode(substring(before FROM 1 FOR 60), 'escape'), encode(substring(after FROM 1 FOR 60), 'escape'))
$$;

DROP TRIGGER bank_file_append_only ON bank_file;
CREATE TRIGGER bank_file_no_delete BEFORE DELETE ON bank_file FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_changed_bank_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.kind, NEW.sha256, NEW.received_at) IS DISTINCT FROM (OLD.id, OLD.kind, OLD.sha256, OLD.received_at)
     OR OLD.content = NEW.content OR NOT sealed_anew(OLD.content, NEW.content) THEN
    RAISE EXCEPTION 'bank_file is append-only: UPDATE refused' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bank_file_terms BEFORE UPDATE ON bank_file FOR EACH ROW EXECUTE FUNCTION refuse_changed_bank_file();

CREATE OR REPLACE FUNCTION refuse_changed_quarantine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.source_id, NEW.file_name, NEW.sha256, NEW.as_of, NEW.complete, NEW.findings, NEW.pays,
      NEW.arrived_at, NEW.imported_by)
     IS DISTINCT FROM (OLD.id, OLD.source_id, OLD.file_name, OLD.sha256, OLD.as_of, OLD.complete,
      OLD.findings, OLD.pays, OLD.arrived_at, OLD.imported_by)
     OR NOT sealed_anew(OLD.bytes, NEW.bytes)
     OR (OLD.endorsed_by IS NOT NULL AND NEW.endorsed_by IS DISTINCT FROM OLD.endorsed_by) THEN
    RAISE EXCEPTION 'quarantined delivery % is kept as it arrived', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_changed_name_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.source_id, NEW.file_name, NEW.sha256, NEW.as_of, NEW.complete, NEW.arrived_at, NEW.imported_by)
     IS DISTINCT FROM
     (OLD.id, OLD.source_id, OLD.file_name, OLD.sha256, OLD.as_of, OLD.complete, OLD.arrived_at, OLD.imported_by)
     OR NOT sealed_anew(OLD.bytes, NEW.bytes)
  THEN
    RAISE EXCEPTION 'name list % is kept as it arrived', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.status = 'completed' AND OLD.status = 'open'
     AND EXISTS (SELECT 1 FROM name_list_entry WHERE list_id = NEW.id AND settled_by IS NULL) THEN
    RAISE EXCEPTION 'name list % has names that nobody has settled', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_changed_dispute() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.firm_code, NEW.fact_id, NEW.source_id, NEW.disputed, NEW.claim, NEW.grounds, NEW.evidence_name,
      NEW.opened_by, NEW.opened_at, NEW.answer_by)
     IS DISTINCT FROM
     (OLD.id, OLD.firm_code, OLD.fact_id, OLD.source_id, OLD.disputed, OLD.claim, OLD.grounds, OLD.evidence_name,
      OLD.opened_by, OLD.opened_at, OLD.answer_by)
     OR NOT sealed_anew(OLD.evidence, NEW.evidence)
  THEN
    RAISE EXCEPTION 'dispute % is kept as the firm wrote it', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
