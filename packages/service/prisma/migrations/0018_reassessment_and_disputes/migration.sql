-- A run about some firms only, after a correction, says nothing about the others.
ALTER TABLE match_run ADD COLUMN whole boolean NOT NULL DEFAULT true;

-- A paid award looked at again because facts of its day turned out to be otherwise. It moves no money by itself.
CREATE TABLE reassessment (
  id             text PRIMARY KEY,
  entitlement_id text NOT NULL REFERENCES entitlement,
  delivery_id    text NOT NULL REFERENCES delivery,
  as_of          date NOT NULL,
  changed        jsonb NOT NULL CHECK (jsonb_array_length(changed) > 0),
  outcome        text NOT NULL CHECK (outcome IN ('eligible', 'ineligible', 'undetermined')),
  paid_fen       bigint NOT NULL CHECK (paid_fen > 0),
  due_fen        bigint CHECK (due_fen >= 0),
  status         text NOT NULL,
  opened_at      timestamptz(3) NOT NULL,
  closed_by      text,
  closed_at      timestamptz(3),
  reason         text,
  UNIQUE (entitlement_id, delivery_id),
  CHECK (due_fen IS DISTINCT FROM paid_fen),
  CHECK ((closed_by IS NULL) = (closed_at IS NULL) AND (closed_by IS NULL) = (reason IS NULL)),
  CHECK ((closed_by IS NULL) = (status = 'open')),
  -- An unknown difference is nobody's debt.
  CHECK (status <> 'upheld' OR due_fen IS NOT NULL)
);
CREATE UNIQUE INDEX reassessment_one_open ON reassessment (entitlement_id) WHERE status = 'open';
CREATE INDEX reassessment_status_idx ON reassessment (status);

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('reassessment', '', 'open'),
  ('reassessment', 'open', 'upheld'),
  ('reassessment', 'open', 'dismissed'),
  ('reassessment', 'open', 'superseded');

CREATE TRIGGER reassessment_transition BEFORE INSERT OR UPDATE ON reassessment
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('reassessment');
CREATE TRIGGER reassessment_no_delete BEFORE DELETE ON reassessment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reassessment_no_truncate BEFORE TRUNCATE ON reassessment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_changed_reassessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.entitlement_id, NEW.delivery_id, NEW.as_of, NEW.changed, NEW.outcome, NEW.paid_fen, NEW.due_fen, NEW.opened_at)
     IS DISTINCT FROM
     (OLD.id, OLD.entitlement_id, OLD.delivery_id, OLD.as_of, OLD.changed, OLD.outcome, OLD.paid_fen, OLD.due_fen, OLD.opened_at)
  THEN
    RAISE EXCEPTION 'reassessment % is kept as it was opened', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reassessment_terms BEFORE UPDATE ON reassessment FOR EACH ROW EXECUTE FUNCTION refuse_changed_reassessment();

-- A firm says that a fact about it is wrong (数据异议); the department answers within its time.
CREATE TABLE dispute (
  id            text PRIMARY KEY,
  firm_code     text NOT NULL REFERENCES firm,
  fact_id       text NOT NULL,
  source_id     text NOT NULL,
  disputed      jsonb NOT NULL,
  claim         text NOT NULL CHECK (length(claim) BETWEEN 1 AND 500),
  grounds       text NOT NULL CHECK (length(grounds) BETWEEN 1 AND 2000),
  evidence_name text,
  evidence      bytea,
  status        text NOT NULL,
  opened_by     text NOT NULL,
  opened_at     timestamptz(3) NOT NULL,
  answer_by     date NOT NULL,
  closed_by     text,
  closed_at     timestamptz(3),
  answer        text,
  delivery_id   text REFERENCES delivery,
  CHECK ((evidence_name IS NULL) = (evidence IS NULL)),
  CHECK ((closed_by IS NULL) = (closed_at IS NULL)),
  CHECK ((closed_by IS NULL) = (status = 'open')),
  CHECK ((status IN ('corrected', 'upheld')) = (answer IS NOT NULL)),
  CHECK ((status = 'corrected') = (delivery_id IS NOT NULL))
);
CREATE UNIQUE INDEX dispute_one_open ON dispute (firm_code, fact_id) WHERE status = 'open';
CREATE INDEX dispute_firm_code_idx ON dispute (firm_code);
CREATE INDEX dispute_status_idx ON dispute (status, answer_by);

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('dispute', '', 'open'),
  ('dispute', 'open', 'corrected'),
  ('dispute', 'open', 'upheld'),
  ('dispute', 'open', 'withdrawn');

CREATE TRIGGER dispute_transition BEFORE INSERT OR UPDATE ON dispute
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('dispute');
CREATE TRIGGER dispute_no_delete BEFORE DELETE ON dispute FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_no_truncate BEFORE TRUNCATE ON dispute FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_changed_dispute() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.firm_code, NEW.fact_id, NEW.source_id, NEW.disputed, NEW.claim, NEW.grounds, NEW.evidence_name, NEW.evidence,
      NEW.opened_by, NEW.opened_at, NEW.answer_by)
     IS DISTINCT FROM
     (OLD.id, OLD.firm_code, OLD.fact_id, OLD.source_id, OLD.disputed, OLD.claim, OLD.grounds, OLD.evidence_name, OLD.evidence,
      OLD.opened_by, OLD.opened_at, OLD.answer_by)
  THEN
    RAISE EXCEPTION 'dispute % is kept as the firm wrote it', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER dispute_terms BEFORE UPDATE ON dispute FOR EACH ROW EXECUTE FUNCTION refuse_changed_dispute();
