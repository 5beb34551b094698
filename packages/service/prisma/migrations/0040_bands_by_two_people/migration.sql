-- Above which amount two checkers sign is itself changed by two people, and how it came about stays on record.

CREATE TABLE approval_band_proposal (
  id          text PRIMARY KEY,
  above_fen   bigint NOT NULL CHECK (above_fen BETWEEN 0 AND 100000000000000),
  document    text NOT NULL CHECK (length(document) BETWEEN 1 AND 200),
  -- The band that its proposer saw in force.
  replaces    integer NOT NULL REFERENCES approval_band,
  proposed_by text NOT NULL,
  proposed_at timestamptz(3) NOT NULL,
  status      text NOT NULL,
  closed_by   text,
  closed_at   timestamptz(3),
  -- Why it was dropped.
  reason      text CHECK (length(reason) BETWEEN 1 AND 500),
  CHECK ((status = 'open') = (closed_by IS NULL) AND (status = 'open') = (closed_at IS NULL)),
  CHECK ((status = 'dropped') = (reason IS NOT NULL)),
  CONSTRAINT approval_band_two_people CHECK (status <> 'confirmed' OR closed_by <> proposed_by)
);
CREATE UNIQUE INDEX approval_band_proposal_one_open ON approval_band_proposal (status) WHERE status = 'open';

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('band-proposal', '', 'open'),
  ('band-proposal', 'open', 'confirmed'),
  ('band-proposal', 'open', 'dropped');

CREATE TRIGGER approval_band_proposal_transition BEFORE INSERT OR UPDATE ON approval_band_proposal
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('band-proposal');
CREATE TRIGGER approval_band_proposal_no_delete BEFORE DELETE ON approval_band_proposal
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_band_proposal_no_truncate BEFORE TRUNCATE ON approval_band_proposal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_changed_band_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.above_fen, NEW.document, NEW.replaces, NEW.proposed_by, NEW.proposed_at)
      IS DISTINCT FROM (OLD.id, OLD.above_fen, OLD.document, OLD.replaces, OLD.proposed_by, OLD.proposed_at)
      OR OLD.status <> 'open' THEN
    RAISE EXCEPTION 'band proposal % is kept as it was made', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_band_proposal_terms BEFORE UPDATE ON approval_band_proposal
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_band_proposal();

-- The rows from before, the house's default among them, have none.
ALTER TABLE approval_band ADD COLUMN proposal_id text UNIQUE REFERENCES approval_band_proposal;

CREATE FUNCTION refuse_unconfirmed_band() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  proposal approval_band_proposal%ROWTYPE;
BEGIN
  SELECT * INTO proposal FROM approval_band_proposal WHERE id = NEW.proposal_id;
  IF proposal.status IS DISTINCT FROM 'confirmed'
      OR (NEW.above_fen, NEW.document, NEW.actor, NEW.at)
        IS DISTINCT FROM (proposal.above_fen, proposal.document, proposal.closed_by, proposal.closed_at)
      OR proposal.replaces <> (SELECT max(nth) FROM approval_band) THEN
    RAISE EXCEPTION 'an approval band changes as one person proposed and another confirmed'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_band_confirmed BEFORE INSERT ON approval_band
  FOR EACH ROW EXECUTE FUNCTION refuse_unconfirmed_band();

CREATE FUNCTION refuse_confirmed_without_band() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'confirmed' AND NOT EXISTS (SELECT FROM approval_band WHERE proposal_id = NEW.id) THEN
    RAISE EXCEPTION 'band proposal % is confirmed and no band follows from it', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER approval_band_follows AFTER UPDATE ON approval_band_proposal
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_confirmed_without_band();
