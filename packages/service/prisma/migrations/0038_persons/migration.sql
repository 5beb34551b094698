-- Natural persons are known by a pseudonym that is made of their identity number; the number itself lies sealed.
ALTER TABLE firm DROP CONSTRAINT firm_code_check;
ALTER TABLE firm ADD CONSTRAINT firm_code_check
  CHECK (code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$|^[0-9]{15}$|^P[0-9A-F]{24}$');

CREATE TABLE person (
  code        text PRIMARY KEY REFERENCES firm CHECK (code ~ '^P[0-9A-F]{24}$'),
  identity_no text NOT NULL CONSTRAINT person_sealed CHECK (identity_no LIKE 'sealed:%')
);
CREATE TRIGGER person_no_delete BEFORE DELETE ON person FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER person_no_truncate BEFORE TRUNCATE ON person FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_changed_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.code <> OLD.code OR NOT sealed_anew(OLD.identity_no, NEW.identity_no) THEN
    RAISE EXCEPTION 'person % keeps its number', OLD.code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER person_terms BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION refuse_changed_person();
