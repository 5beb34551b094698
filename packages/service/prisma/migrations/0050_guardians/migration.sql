-- Who acts for a person who cannot (监护): set down at a window from a paper, checked by a second official, bounded and ended
-- as a delegation is. The guardian answers under an account of its own for each ward, so every consent names both.
ALTER TABLE account DROP CONSTRAINT account_standing_of_firm;
ALTER TABLE account ADD CONSTRAINT account_standing_of_firm CHECK (
  (role = 'enterprise') = (standing IS NOT NULL)
  AND (standing IS NULL OR standing IN ('representative', 'delegate', 'guardian'))
  AND (standing IS DISTINCT FROM 'guardian' OR firm_code ~ '^P'));

CREATE TABLE guardianship (
  id          text PRIMARY KEY,
  ward        text NOT NULL REFERENCES person,
  -- The guardian's own account, and the one under which the guardian acts for the ward.
  guardian    text NOT NULL REFERENCES account,
  account_id  text NOT NULL UNIQUE REFERENCES account,
  basis       text NOT NULL CHECK (basis IN ('parent', 'court', 'appointed')),
  paper_no    text NOT NULL CONSTRAINT guardianship_sealed CHECK (paper_no LIKE 'sealed:%'),
  -- "all", or the ids of the policies it is for
  policies    jsonb NOT NULL CHECK (
    policies = '"all"' OR (jsonb_typeof(policies) = 'array' AND jsonb_array_length(policies) > 0)),
  cap_fen     bigint NOT NULL CHECK (cap_fen > 0),
  -- The last day on which it holds; a year at most, so that somebody looks at it again.
  expires_on  date NOT NULL,
  recorded_by text NOT NULL REFERENCES account,
  recorded_at timestamptz(3) NOT NULL,
  checked_by  text REFERENCES account,
  checked_at  timestamptz(3),
  ended_by    text REFERENCES account,
  ended_at    timestamptz(3),
  CHECK ((checked_by IS NULL) = (checked_at IS NULL)),
  CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
  CONSTRAINT guardianship_two_people CHECK (checked_by <> recorded_by),
  CHECK (expires_on BETWEEN (recorded_at AT TIME ZONE 'Asia/Shanghai')::date
    AND (recorded_at AT TIME ZONE 'Asia/Shanghai')::date + 366)
);
CREATE INDEX guardianship_ward_idx ON guardianship (ward);
CREATE UNIQUE INDEX guardianship_one_live ON guardianship (ward, guardian) WHERE ended_at IS NULL;

CREATE FUNCTION refuse_guardianship_across() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM account WHERE (id, standing, firm_code) = (NEW.account_id, 'guardian', NEW.ward))
     OR NOT EXISTS (SELECT FROM account WHERE (id, standing) = (NEW.guardian, 'representative')
       AND firm_code ~ '^P' AND firm_code <> NEW.ward)
     OR NOT EXISTS (SELECT FROM account WHERE (id, role) = (NEW.recorded_by, 'window-clerk')) THEN
    RAISE EXCEPTION 'guardianship % is not of one person for another, set down at a window', NEW.id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guardianship_of_people BEFORE INSERT ON guardianship
  FOR EACH ROW EXECUTE FUNCTION refuse_guardianship_across();

-- Kept as it was set down; it is checked once, and ended once.
CREATE FUNCTION refuse_changed_guardianship() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.ward, NEW.guardian, NEW.account_id, NEW.basis, NEW.policies, NEW.cap_fen, NEW.expires_on, NEW.recorded_by,
      NEW.recorded_at) IS DISTINCT FROM
     (OLD.id, OLD.ward, OLD.guardian, OLD.account_id, OLD.basis, OLD.policies, OLD.cap_fen, OLD.expires_on, OLD.recorded_by,
      OLD.recorded_at)
     OR NOT sealed_anew(OLD.paper_no, NEW.paper_no)
     OR (OLD.checked_at IS NOT NULL AND (NEW.checked_by, NEW.checked_at) IS DISTINCT FROM (OLD.checked_by, OLD.checked_at))
     OR (OLD.ended_at IS NOT NULL AND (NEW.ended_by, NEW.ended_at, NEW.checked_at) IS DISTINCT FROM
       (OLD.ended_by, OLD.ended_at, OLD.checked_at)) THEN
    RAISE EXCEPTION 'guardianship % is kept as it was set down', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guardianship_terms BEFORE UPDATE ON guardianship
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_guardianship();
CREATE TRIGGER guardianship_no_delete BEFORE DELETE ON guardianship FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guardianship_no_truncate BEFORE TRUNCATE ON guardianship
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Nobody says yes for a ward after the guardianship has ended, before it is checked, or beyond its last day.
CREATE FUNCTION refuse_guardian_without_guardianship() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM account WHERE id = NEW.actor AND standing = 'guardian')
     AND NOT EXISTS (SELECT FROM guardianship WHERE (account_id, ward) = (NEW.actor, NEW.firm_code)
       AND checked_at IS NOT NULL AND ended_at IS NULL AND expires_on >= (NEW.at AT TIME ZONE 'Asia/Shanghai')::date) THEN
    RAISE EXCEPTION 'consent % is not by a guardian in office', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER consent_by_guardian BEFORE INSERT ON consent
  FOR EACH ROW EXECUTE FUNCTION refuse_guardian_without_guardianship();
