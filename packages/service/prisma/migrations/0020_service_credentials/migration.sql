-- A department's system that delivers by itself: for one source, revocable, its secret known here only by digest.
CREATE TABLE service_credential (
  id            text PRIMARY KEY,
  source_id     text NOT NULL,
  label         text NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
  secret_sha256 text NOT NULL CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
  issued_by     text NOT NULL,
  issued_at     timestamptz(3) NOT NULL,
  revoked_by    text,
  revoked_at    timestamptz(3),
  CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
);
CREATE TRIGGER service_credential_no_delete BEFORE DELETE ON service_credential
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER service_credential_no_truncate BEFORE TRUNCATE ON service_credential
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_changed_credential() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.source_id, NEW.label, NEW.secret_sha256, NEW.issued_by, NEW.issued_at)
     IS DISTINCT FROM (OLD.id, OLD.source_id, OLD.label, OLD.secret_sha256, OLD.issued_by, OLD.issued_at)
     OR OLD.revoked_by IS NOT NULL THEN
    RAISE EXCEPTION 'credential % can be revoked, once, and nothing else', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER service_credential_terms BEFORE UPDATE ON service_credential
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_credential();
