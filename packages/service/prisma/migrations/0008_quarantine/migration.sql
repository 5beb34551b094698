-- A delivery that looks wrong is kept whole and believed by nobody until people released it.
CREATE TABLE quarantined_delivery (
  id          text PRIMARY KEY,
  source_id   text NOT NULL,
  file_name   text NOT NULL,
  sha256      text NOT NULL,
  as_of       date NOT NULL,
  complete    boolean NOT NULL,
  bytes       bytea NOT NULL,
  findings    jsonb NOT NULL CHECK (jsonb_array_length(findings) > 0),
  pays        boolean NOT NULL,
  status      text NOT NULL,
  arrived_at  timestamptz(3) NOT NULL,
  imported_by text NOT NULL,
  endorsed_by text,
  endorsed_at timestamptz(3),
  decided_by  text,
  decided_at  timestamptz(3),
  reason      text,
  delivery_id text REFERENCES delivery (id),
  UNIQUE (source_id, sha256, as_of),
  CHECK ((endorsed_by IS NULL) = (endorsed_at IS NULL)),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (reason IS NULL)),
  CHECK ((decided_by IS NOT NULL) = (status IN ('released', 'rejected'))),
  CHECK (status <> 'endorsed' OR endorsed_by IS NOT NULL),
  CHECK ((delivery_id IS NOT NULL) = (status = 'released')),
  -- Two people for facts that pay, and they are two.
  CHECK (status <> 'released' OR NOT pays OR endorsed_by IS NOT NULL),
  CHECK (status <> 'released' OR decided_by IS DISTINCT FROM endorsed_by)
);
CREATE INDEX quarantined_delivery_status_idx ON quarantined_delivery (status);

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('quarantine', '', 'held'),
  ('quarantine', 'held', 'endorsed'),
  ('quarantine', 'held', 'released'),
  ('quarantine', 'held', 'rejected'),
  ('quarantine', 'endorsed', 'released'),
  ('quarantine', 'endorsed', 'rejected');

CREATE TRIGGER quarantined_delivery_transition BEFORE INSERT OR UPDATE ON quarantined_delivery
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('quarantine');
CREATE TRIGGER quarantined_delivery_no_delete BEFORE DELETE ON quarantined_delivery
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quarantined_delivery_no_truncate BEFORE TRUNCATE ON quarantined_delivery
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What arrived stays what arrived, and an endorsement stays whose it is.
CREATE FUNCTION refuse_changed_quarantine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.source_id, NEW.file_name, NEW.sha256, NEW.as_of, NEW.complete, NEW.bytes, NEW.findings, NEW.pays,
      NEW.arrived_at, NEW.imported_by)
     IS DISTINCT FROM (OLD.id, OLD.source_id, OLD.file_name, OLD.sha256, OLD.as_of, OLD.complete, OLD.bytes,
      OLD.findings, OLD.pays, OLD.arrived_at, OLD.imported_by)
     OR (OLD.endorsed_by IS NOT NULL AND NEW.endorsed_by IS DISTINCT FROM OLD.endorsed_by) THEN
    RAISE EXCEPTION 'quarantined delivery % is kept as it arrived', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER quarantined_delivery_terms BEFORE UPDATE ON quarantined_delivery
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_quarantine();
