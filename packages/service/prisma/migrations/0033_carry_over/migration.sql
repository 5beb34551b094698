-- What is owed and unpaid when a year ends goes on to the next year's line, with its money.

CREATE TABLE carry_over (
  from_line text NOT NULL REFERENCES budget_line,
  to_line   text NOT NULL REFERENCES budget_line CHECK (to_line <> from_line),
  document  text NOT NULL CHECK (document <> ''),
  actor     text NOT NULL CHECK (actor NOT LIKE 'system:%'),
  at        timestamptz(3) NOT NULL,
  PRIMARY KEY (from_line, to_line, document)
);
CREATE TRIGGER carry_over_append_only BEFORE UPDATE OR DELETE ON carry_over
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER carry_over_no_truncate BEFORE TRUNCATE ON carry_over
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was agreed to stays with the fund it was agreed from, unless that fund was carried over.
CREATE FUNCTION refuse_other_fund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.budget_line <> OLD.budget_line AND OLD.status IN ('confirmed', 'waitlisted', 'paid', 'received')
     AND NOT EXISTS (SELECT 1 FROM carry_over WHERE from_line = OLD.budget_line AND to_line = NEW.budget_line) THEN
    RAISE EXCEPTION 'entitlement % stays with fund %', OLD.id, OLD.budget_line USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entitlement_same_fund BEFORE UPDATE ON entitlement FOR EACH ROW EXECUTE FUNCTION refuse_other_fund();
