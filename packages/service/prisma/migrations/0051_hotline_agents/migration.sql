-- An agent of the hotline 12345 writes down what a firm's person says on the telephone, as a window clerk does from a paper: who
-- called, and the number of the ticket under which the call is recorded.
ALTER TABLE account DROP CONSTRAINT account_role_check;
ALTER TABLE account ADD CONSTRAINT account_role_check CHECK (role IN
  ('enterprise', 'author', 'finance-maker', 'finance-checker', 'auditor', 'operator', 'data-officer', 'window-clerk', 'helper',
   'hotline-agent'));

CREATE OR REPLACE FUNCTION refuse_consent_across_counter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM account WHERE id = NEW.clerk AND role IN ('window-clerk', 'hotline-agent'))
     OR NOT EXISTS (SELECT FROM consent WHERE id = NEW.id AND actor = NEW.clerk) THEN
    RAISE EXCEPTION 'consent % was not written down by a window clerk or a hotline agent', NEW.id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_clerk_without_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM account WHERE id = NEW.actor AND role IN ('window-clerk', 'hotline-agent'))
     AND NOT EXISTS (SELECT FROM counter_consent WHERE id = NEW.id) THEN
    RAISE EXCEPTION 'consent % has no paper', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- Who reads and reminds, and who writes, says yes to nothing by itself: helpers and officials have no consent.
CREATE FUNCTION refuse_consent_of_official() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM account WHERE id = NEW.actor AND role IN
    ('author', 'finance-maker', 'finance-checker', 'auditor', 'operator', 'data-officer', 'helper')) THEN
    RAISE EXCEPTION 'consent % is an official''s own', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER consent_of_firm BEFORE INSERT ON consent FOR EACH ROW EXECUTE FUNCTION refuse_consent_of_official();
