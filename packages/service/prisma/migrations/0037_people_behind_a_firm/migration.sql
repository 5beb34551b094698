-- Who a firm's person is: its legal representative, or somebody the representative lets act within bounds.
ALTER TABLE account ADD COLUMN standing text;
UPDATE account SET standing = 'representative' WHERE role = 'enterprise';
ALTER TABLE account ADD CONSTRAINT account_standing_of_firm CHECK (
  (role = 'enterprise') = (standing IS NOT NULL) AND (standing IS NULL OR standing IN ('representative', 'delegate')));

CREATE TABLE delegation (
  id         text PRIMARY KEY,
  firm_code  text NOT NULL REFERENCES firm,
  account_id text NOT NULL REFERENCES account,
  -- "all", or the ids of the policies it is for
  policies   jsonb NOT NULL CHECK (
    policies = '"all"' OR (jsonb_typeof(policies) = 'array' AND jsonb_array_length(policies) > 0)),
  cap_fen    bigint NOT NULL CHECK (cap_fen > 0),
  -- The last day on which it holds: a delegation without an end does not exist.
  expires_on date NOT NULL,
  granted_by text NOT NULL REFERENCES account,
  granted_at timestamptz(3) NOT NULL,
  revoked_by text REFERENCES account,
  revoked_at timestamptz(3),
  CHECK ((revoked_by IS NULL) = (revoked_at IS NULL)),
  -- A year at most, so that somebody looks at it again.
  CHECK (expires_on BETWEEN (granted_at AT TIME ZONE 'Asia/Shanghai')::date
    AND (granted_at AT TIME ZONE 'Asia/Shanghai')::date + 366)
);
CREATE INDEX delegation_firm_code_idx ON delegation (firm_code);
CREATE UNIQUE INDEX delegation_one_live ON delegation (account_id) WHERE revoked_at IS NULL;

CREATE FUNCTION refuse_delegation_across_firms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM account delegate JOIN account representative ON representative.firm_code = delegate.firm_code
    WHERE (delegate.id, delegate.firm_code, delegate.standing) = (NEW.account_id, NEW.firm_code, 'delegate')
      AND (representative.id, representative.standing) = (NEW.granted_by, 'representative')) THEN
    RAISE EXCEPTION 'delegation % is not from a firm''s representative to its delegate', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER delegation_in_one_firm BEFORE INSERT ON delegation
  FOR EACH ROW EXECUTE FUNCTION refuse_delegation_across_firms();

-- What was granted stays as it was; all that can happen to it is being revoked, once.
CREATE FUNCTION refuse_changed_delegation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL OR
     (NEW.id, NEW.firm_code, NEW.account_id, NEW.policies, NEW.cap_fen, NEW.expires_on, NEW.granted_by, NEW.granted_at)
     IS DISTINCT FROM
     (OLD.id, OLD.firm_code, OLD.account_id, OLD.policies, OLD.cap_fen, OLD.expires_on, OLD.granted_by, OLD.granted_at) THEN
    RAISE EXCEPTION 'delegation % is kept as it was granted', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER delegation_terms BEFORE UPDATE ON delegation FOR EACH ROW EXECUTE FUNCTION refuse_changed_delegation();
CREATE TRIGGER delegation_no_delete BEFORE DELETE ON delegation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delegation_no_truncate BEFORE TRUNCATE ON delegation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ---------------------------------------------------------------- at the counter

ALTER TABLE account DROP CONSTRAINT account_role_check;
ALTER TABLE account ADD CONSTRAINT account_role_check CHECK (role IN
  ('enterprise', 'author', 'finance-maker', 'finance-checker', 'auditor', 'operator', 'data-officer', 'window-clerk', 'helper'));

-- A consent given on paper at a counter: who wrote it down, who stood there, and which paper says so.
CREATE TABLE counter_consent (
  id          text PRIMARY KEY REFERENCES consent,
  clerk       text NOT NULL REFERENCES account,
  person_name text NOT NULL,
  paper_no    text NOT NULL,
  at          timestamptz(3) NOT NULL,
  CONSTRAINT counter_consent_sealed CHECK (person_name LIKE 'sealed:%' AND paper_no LIKE 'sealed:%')
);

CREATE FUNCTION refuse_consent_across_counter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM account WHERE id = NEW.clerk AND role = 'window-clerk')
     OR NOT EXISTS (SELECT FROM consent WHERE id = NEW.id AND actor = NEW.clerk) THEN
    RAISE EXCEPTION 'consent % was not written down by a window clerk', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER counter_consent_by_clerk BEFORE INSERT ON counter_consent
  FOR EACH ROW EXECUTE FUNCTION refuse_consent_across_counter();

-- Kept as it was; sealing it with another key changes nothing of what it says.
CREATE FUNCTION refuse_changed_counter_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.clerk, NEW.at) IS DISTINCT FROM (OLD.id, OLD.clerk, OLD.at)
     OR NOT sealed_anew(OLD.person_name, NEW.person_name) OR NOT sealed_anew(OLD.paper_no, NEW.paper_no) THEN
    RAISE EXCEPTION 'counter_consent is append-only: UPDATE refused' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER counter_consent_terms BEFORE UPDATE ON counter_consent
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_counter_consent();
CREATE TRIGGER counter_consent_no_delete BEFORE DELETE ON counter_consent FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER counter_consent_no_truncate BEFORE TRUNCATE ON counter_consent
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- No clerk says yes for a firm without the paper.
CREATE FUNCTION refuse_clerk_without_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM account WHERE id = NEW.actor AND role = 'window-clerk')
     AND NOT EXISTS (SELECT FROM counter_consent WHERE id = NEW.id) THEN
    RAISE EXCEPTION 'consent % has no paper', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER consent_on_paper AFTER INSERT ON consent DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION refuse_clerk_without_paper();

-- ---------------------------------------------------------------- helpers

-- A helper cadre reads what waits for a firm only while the firm wants it to.
CREATE TABLE helper_invitation (
  id         text PRIMARY KEY,
  firm_code  text NOT NULL REFERENCES firm,
  helper     text NOT NULL REFERENCES account,
  invited_by text NOT NULL REFERENCES account,
  invited_at timestamptz(3) NOT NULL,
  ended_by   text REFERENCES account,
  ended_at   timestamptz(3),
  CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX helper_invitation_helper_idx ON helper_invitation (helper);
CREATE UNIQUE INDEX helper_invitation_one_live ON helper_invitation (firm_code, helper) WHERE ended_at IS NULL;

CREATE FUNCTION refuse_uninvited_helper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM account WHERE id = NEW.helper AND role = 'helper')
     OR NOT EXISTS (SELECT FROM account
       WHERE (id, firm_code, standing) = (NEW.invited_by, NEW.firm_code, 'representative')) THEN
    RAISE EXCEPTION 'invitation % is not from a firm''s representative to a helper', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER helper_invitation_by_firm BEFORE INSERT ON helper_invitation
  FOR EACH ROW EXECUTE FUNCTION refuse_uninvited_helper();

CREATE FUNCTION refuse_changed_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR
     (NEW.id, NEW.firm_code, NEW.helper, NEW.invited_by, NEW.invited_at) IS DISTINCT FROM
     (OLD.id, OLD.firm_code, OLD.helper, OLD.invited_by, OLD.invited_at) THEN
    RAISE EXCEPTION 'invitation % is kept as it was', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER helper_invitation_terms BEFORE UPDATE ON helper_invitation
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_invitation();
CREATE TRIGGER helper_invitation_no_delete BEFORE DELETE ON helper_invitation
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER helper_invitation_no_truncate BEFORE TRUNCATE ON helper_invitation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
