-- Where money goes, and how much at once: a new account rests, a doubtful one is checked by a second person, and a
-- large batch is signed by two checkers.

-- ---------------------------------------------------------------- accounts that rest

-- Who recorded it (person or source), since when it is the active one, and until when nothing is paid to it.
ALTER TABLE bank_account ADD COLUMN recorded_by text;
ALTER TABLE bank_account ADD COLUMN active_since timestamptz(3);
ALTER TABLE bank_account ADD COLUMN rests_until timestamptz(3);

-- Only the first account that a department delivers for a firm is at once good: nothing was changed.
CREATE FUNCTION refuse_account_without_rest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.rests_until IS NULL AND (NEW.source = 'firm'
        OR EXISTS (SELECT FROM bank_account WHERE firm_code = NEW.firm_code AND id <> NEW.id)) THEN
      RAISE EXCEPTION 'account % of firm % is new and has no time of rest', NEW.id, NEW.firm_code USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.status = 'active' AND OLD.status <> 'active'
     AND (NEW.rests_until IS NULL OR NEW.active_since IS NULL OR NEW.recorded_by IS NULL
       OR NEW.active_since < coalesce(OLD.active_since, OLD.created_at)) THEN
    RAISE EXCEPTION 'account % is active again and has no time of rest', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF (OLD.rests_until IS NOT NULL AND (NEW.rests_until IS NULL OR NEW.rests_until < OLD.rests_until))
     OR (NEW.status = OLD.status AND (NEW.recorded_by, NEW.active_since) IS DISTINCT FROM (OLD.recorded_by, OLD.active_since)) THEN
    RAISE EXCEPTION 'the time of rest of account % is not shortened', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bank_account_rest BEFORE INSERT OR UPDATE ON bank_account
  FOR EACH ROW EXECUTE FUNCTION refuse_account_without_rest();

-- ---------------------------------------------------------------- the second check

CREATE FUNCTION account_digest(holder_name text, account_index text, bank_code text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(holder_name, account_index, bank_code)::text, 'UTF8')), 'hex')
$$;

-- Somebody else than who recorded the account asked the firm by another way, and says what was answered.
CREATE TABLE account_check (
  id              text PRIMARY KEY,
  bank_account_id text NOT NULL REFERENCES bank_account,
  -- The account as it was checked: another number under the same id is not checked.
  account_digest  text NOT NULL,
  recorded_by     text NOT NULL,
  checked_by      text NOT NULL,
  note            text NOT NULL CHECK (length(btrim(note)) BETWEEN 5 AND 1000),
  checked_at      timestamptz(3) NOT NULL,
  CONSTRAINT account_check_two_people CHECK (checked_by <> recorded_by)
);
CREATE INDEX account_check_account_idx ON account_check (bank_account_id);

CREATE FUNCTION refuse_check_of_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM bank_account AS account WHERE account.id = NEW.bank_account_id
      AND coalesce(account.recorded_by, account.source) = NEW.recorded_by
      AND account_digest(account.holder_name, account.account_index, account.bank_code) = NEW.account_digest) THEN
    RAISE EXCEPTION 'the check is not of account % as it was recorded', NEW.bank_account_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER account_check_of BEFORE INSERT ON account_check FOR EACH ROW EXECUTE FUNCTION refuse_check_of_another();
CREATE TRIGGER account_check_append_only BEFORE UPDATE OR DELETE ON account_check
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER account_check_no_truncate BEFORE TRUNCATE ON account_check
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The firm's name today, or one that it had.
CREATE FUNCTION is_name_of(holder_name text, code text) RETURNS boolean STABLE LANGUAGE sql AS $$
  SELECT name_key(holder_name) = (SELECT name_key(name) FROM firm WHERE firm.code = is_name_of.code)
    OR coalesce((SELECT EXISTS (SELECT FROM jsonb_array_elements(newest.value) AS former
          WHERE name_key(former ->> 'name') = name_key(holder_name))
        FROM (SELECT value FROM fact WHERE fact.firm_code = is_name_of.code AND fact_id = 'ent.formerNames'
          AND jsonb_typeof(value) = 'array' ORDER BY as_of DESC, obtained_at DESC LIMIT 1) AS newest), false)
$$;

-- Why nothing goes to the account of this payment at that moment; NULL = nothing stands against it.
CREATE FUNCTION account_doubt(paid payment, at timestamptz) RETURNS text STABLE LANGUAGE sql AS $$
  SELECT CASE
    WHEN EXISTS (SELECT FROM account_check AS checked WHERE checked.bank_account_id = paid.bank_account_id
        AND checked.account_digest = account_digest(paid.holder_name, paid.account_index, paid.bank_code)
        AND checked.checked_at >= coalesce(account.active_since, account.created_at)) THEN NULL
    WHEN NOT is_name_of(paid.holder_name, account.firm_code) THEN 'name-differs'
    WHEN account.rests_until > at THEN 'account-new'
  END
  FROM bank_account AS account WHERE account.id = paid.bank_account_id
$$;

CREATE FUNCTION refuse_doubtful_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  doubt text;
BEGIN
  IF NEW.status = 'batched' AND OLD.status <> 'batched' THEN
    doubt := account_doubt(NEW, (SELECT drafted_at FROM payment_batch WHERE id = NEW.batch_id));
    IF doubt IS NOT NULL THEN
      RAISE EXCEPTION 'payment % waits for a second check of its account: %', NEW.id, doubt USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
-- By its name after the others, which say first whether the step itself is legal.
CREATE TRIGGER payment_with_known_account BEFORE UPDATE ON payment
  FOR EACH ROW EXECUTE FUNCTION refuse_doubtful_account();

-- ---------------------------------------------------------------- approval by amount

-- Above this amount two checkers sign. The newest row holds; the first is what the house begins with.
CREATE TABLE approval_band (
  nth       integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  above_fen bigint NOT NULL CHECK (above_fen >= 0),
  document  text NOT NULL CHECK (length(document) BETWEEN 1 AND 200),
  actor     text NOT NULL,
  at        timestamptz(3) NOT NULL
);
INSERT INTO approval_band (above_fen, document, actor, at) VALUES (1000000000, 'default of the house', 'system:migration', now());
CREATE TRIGGER approval_band_append_only BEFORE UPDATE OR DELETE ON approval_band
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_band_no_truncate BEFORE TRUNCATE ON approval_band
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION checkers_needed(total_fen bigint) RETURNS integer STABLE LANGUAGE sql AS $$
  SELECT CASE WHEN total_fen > (SELECT above_fen FROM approval_band ORDER BY nth DESC LIMIT 1) THEN 2 ELSE 1 END
$$;

ALTER TABLE payment_batch ADD COLUMN checkers_needed integer NOT NULL DEFAULT 1 CHECK (checkers_needed IN (1, 2));
ALTER TABLE payment_batch ADD COLUMN first_checker text CONSTRAINT payment_batch_first_checker_check CHECK (first_checker <> maker);
ALTER TABLE payment_batch ADD COLUMN first_checked_at timestamptz(3);
-- What the first of two saw; the second approves the same bytes.
ALTER TABLE payment_batch ADD COLUMN first_sha256 text CONSTRAINT payment_batch_same_bytes CHECK (first_sha256 = sha256);
ALTER TABLE payment_batch ADD CONSTRAINT payment_batch_two_checkers CHECK (first_checker <> checker);
ALTER TABLE payment_batch ADD CONSTRAINT payment_batch_first_check CHECK (
  (first_checker IS NULL) = (first_checked_at IS NULL) AND (first_checker IS NULL) = (first_sha256 IS NULL));
ALTER TABLE payment_batch ADD CONSTRAINT payment_batch_enough_checkers CHECK (
  status IN ('drafted', 'cancelled') OR checkers_needed = 1 OR first_checker IS NOT NULL);

CREATE FUNCTION refuse_fewer_checkers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.checkers_needed < checkers_needed(NEW.total_fen) THEN
      RAISE EXCEPTION 'payment batch % is of an amount that two checkers sign', NEW.id USING ERRCODE = 'check_violation';
    END IF;
  ELSIF NEW.checkers_needed <> OLD.checkers_needed OR OLD.first_checker IS NOT NULL
      AND (NEW.first_checker, NEW.first_checked_at, NEW.first_sha256)
        IS DISTINCT FROM (OLD.first_checker, OLD.first_checked_at, OLD.first_sha256) THEN
    RAISE EXCEPTION 'the checks of payment batch % are fixed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_batch_checkers BEFORE INSERT OR UPDATE ON payment_batch
  FOR EACH ROW EXECUTE FUNCTION refuse_fewer_checkers();
