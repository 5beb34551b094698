-- After payment: what has to come back, with notice, hearing and a second person's decision; and what is still owed.

-- Widens a CHECK instead of writing it anew, so that what others have added to it stays.
CREATE FUNCTION widen_check(relation regclass, constraint_name text, addition text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  was text := (SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = relation AND conname = constraint_name);
BEGIN
  EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, constraint_name);
  EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I CHECK ((%s) OR (%s))', relation, constraint_name, was, addition);
END $$;

-- ---------------------------------------------------------------- the case

CREATE FUNCTION instalments_fen(instalments jsonb) RETURNS bigint IMMUTABLE LANGUAGE sql AS $$
  SELECT coalesce(sum((instalment->>'amountFen')::bigint), 0)::bigint FROM jsonb_array_elements(instalments) AS instalment
$$;

CREATE TABLE recovery (
  id              text PRIMARY KEY,
  entitlement_id  text NOT NULL REFERENCES entitlement,
  firm_code       text NOT NULL REFERENCES firm,
  budget_line     text NOT NULL REFERENCES budget_line,
  reference       text NOT NULL UNIQUE CHECK (reference ~ '^AR[0-9A-Z]{20}$'),
  ground          text NOT NULL CHECK (ground IN ('review', 'repealed-decision', 'revoked-title')),
  reassessment_id text UNIQUE REFERENCES reassessment,
  document        text NOT NULL CHECK (length(document) BETWEEN 1 AND 200),
  facts           text NOT NULL CHECK (length(facts) BETWEEN 1 AND 2000),
  claimed_fen     bigint NOT NULL CHECK (claimed_fen > 0),
  opened_by       text NOT NULL,
  opened_at       timestamptz(3) NOT NULL,
  state_by        date NOT NULL,
  statement       text CHECK (length(statement) BETWEEN 1 AND 4000),
  stated_by       text,
  stated_at       timestamptz(3),
  -- Two people: who asked for the money does not decide that it is owed.
  decided_by      text CHECK (decided_by <> opened_by),
  decided_at      timestamptz(3),
  decided_fen     bigint CHECK (decided_fen BETWEEN 0 AND claimed_fen),
  reasons         text CHECK (length(reasons) BETWEEN 1 AND 4000),
  instalments     jsonb,
  -- What later corrections have taken back of the claim.
  corrected_fen   bigint NOT NULL DEFAULT 0 CHECK (corrected_fen BETWEEN 0 AND claimed_fen),
  received_fen    bigint NOT NULL DEFAULT 0 CHECK (received_fen >= 0),
  -- Kept back of a later payment that has not left yet; and set off against one that has.
  held_fen        bigint NOT NULL DEFAULT 0 CHECK (held_fen >= 0),
  offset_fen      bigint NOT NULL DEFAULT 0 CHECK (offset_fen >= 0),
  closed_at       timestamptz(3),
  status          text NOT NULL,
  -- One paper, one claim on one award.
  UNIQUE (entitlement_id, ground, document),
  CHECK ((ground = 'review') = (reassessment_id IS NOT NULL)),
  CHECK ((statement IS NULL) = (stated_by IS NULL) AND (statement IS NULL) = (stated_at IS NULL)),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (decided_fen IS NULL)
    AND (decided_by IS NULL) = (reasons IS NULL) AND (decided_by IS NULL) = (instalments IS NULL)),
  CHECK ((status IN ('noticed', 'dropped')) = (decided_by IS NULL)),
  CHECK ((status = 'waived') = (decided_fen IS NOT DISTINCT FROM 0)),
  CHECK ((status IN ('waived', 'dropped', 'closed')) = (closed_at IS NOT NULL)),
  CHECK (instalments_fen(instalments) = decided_fen),
  -- Nothing comes back that is not, or not any more, owed.
  CHECK (received_fen + held_fen + offset_fen <= least(coalesce(decided_fen, 0), claimed_fen - corrected_fen)),
  CHECK ((status = 'closed') = (coalesce(decided_fen, 0) > 0
    AND received_fen + offset_fen = least(decided_fen, claimed_fen - corrected_fen)))
);
CREATE INDEX recovery_entitlement_id_idx ON recovery (entitlement_id);
CREATE INDEX recovery_firm_code_idx ON recovery (firm_code);
CREATE INDEX recovery_status_idx ON recovery (status);

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('recovery', '', 'noticed'),
  ('recovery', 'noticed', 'owed'),
  ('recovery', 'noticed', 'waived'),
  ('recovery', 'noticed', 'dropped'),   -- a newer correction left nothing to ask back
  ('recovery', 'owed', 'closed'),
  ('recovery', 'closed', 'owed');       -- what it was set off against fell away

CREATE TRIGGER recovery_transition BEFORE INSERT OR UPDATE ON recovery
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('recovery');
CREATE TRIGGER recovery_no_delete BEFORE DELETE ON recovery FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recovery_no_truncate BEFORE TRUNCATE ON recovery FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was asked, said and decided stays; what has come back never shrinks by hand.
CREATE FUNCTION refuse_changed_recovery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.entitlement_id, NEW.firm_code, NEW.budget_line, NEW.reference, NEW.ground, NEW.reassessment_id, NEW.document,
      NEW.facts, NEW.claimed_fen, NEW.opened_by, NEW.opened_at, NEW.state_by)
     IS DISTINCT FROM
     (OLD.id, OLD.entitlement_id, OLD.firm_code, OLD.budget_line, OLD.reference, OLD.ground, OLD.reassessment_id, OLD.document,
      OLD.facts, OLD.claimed_fen, OLD.opened_by, OLD.opened_at, OLD.state_by)
     OR (OLD.statement IS NOT NULL AND (NEW.statement, NEW.stated_by, NEW.stated_at)
       IS DISTINCT FROM (OLD.statement, OLD.stated_by, OLD.stated_at))
     OR (OLD.decided_by IS NOT NULL AND (NEW.decided_by, NEW.decided_at, NEW.decided_fen, NEW.reasons, NEW.instalments)
       IS DISTINCT FROM (OLD.decided_by, OLD.decided_at, OLD.decided_fen, OLD.reasons, OLD.instalments))
     OR NEW.corrected_fen < OLD.corrected_fen OR NEW.received_fen < OLD.received_fen
  THEN
    RAISE EXCEPTION 'recovery % is kept as it was noticed, stated and decided', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recovery_terms BEFORE UPDATE ON recovery FOR EACH ROW EXECUTE FUNCTION refuse_changed_recovery();

-- ---------------------------------------------------------------- what an upheld review led to, exactly once

CREATE TABLE review_follow_up (
  reassessment_id text PRIMARY KEY REFERENCES reassessment,
  award_id        text NOT NULL REFERENCES entitlement,
  -- Taken back of earlier claims on the same award, before anything is paid anew.
  corrected_fen   bigint NOT NULL DEFAULT 0 CHECK (corrected_fen >= 0),
  -- Earlier top-ups that had not been paid yet, taken back before anything is asked back.
  withdrawn_fen   bigint NOT NULL DEFAULT 0 CHECK (withdrawn_fen >= 0),
  recovery_id     text UNIQUE REFERENCES recovery,
  -- The additional entitlement (补发), paid from the fund like any other.
  top_up_id       text UNIQUE REFERENCES entitlement,
  top_up_fen      bigint NOT NULL DEFAULT 0 CHECK (top_up_fen >= 0),
  at              timestamptz(3) NOT NULL,
  CHECK ((top_up_id IS NULL) = (top_up_fen = 0)),
  CHECK (recovery_id IS NULL OR (top_up_id IS NULL AND corrected_fen = 0)),
  CHECK (recovery_id IS NOT NULL OR top_up_fen + corrected_fen + withdrawn_fen > 0)
);
CREATE INDEX review_follow_up_award_id_idx ON review_follow_up (award_id);
CREATE TRIGGER review_follow_up_append_only BEFORE UPDATE OR DELETE ON review_follow_up
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER review_follow_up_no_truncate BEFORE TRUNCATE ON review_follow_up
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The difference that the review found, to the fen, and no other.
CREATE FUNCTION refuse_follow_up_unlike_review() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  review reassessment%ROWTYPE;
  recovered bigint := coalesce((SELECT claimed_fen FROM recovery WHERE id = NEW.recovery_id), 0);
  topped_up bigint := coalesce((SELECT amount_fen FROM entitlement WHERE id = NEW.top_up_id), 0);
BEGIN
  SELECT * INTO review FROM reassessment WHERE id = NEW.reassessment_id;
  IF review.status <> 'upheld' OR review.entitlement_id <> NEW.award_id OR topped_up <> NEW.top_up_fen
     OR review.due_fen - review.paid_fen <> NEW.top_up_fen + NEW.corrected_fen - NEW.withdrawn_fen - recovered THEN
    RAISE EXCEPTION 'what follows from review % is not what it found', NEW.reassessment_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER review_follow_up_like_review BEFORE INSERT ON review_follow_up
  FOR EACH ROW EXECUTE FUNCTION refuse_follow_up_unlike_review();

-- Nothing is asked back twice: all claims on an award together are at most what was granted on it.
CREATE FUNCTION granted_fen(award text) RETURNS bigint STABLE LANGUAGE sql AS $$
  SELECT coalesce(sum(amount_fen), 0)::bigint FROM entitlement
  WHERE status IN ('confirmed', 'waitlisted', 'paid', 'received', 'offered')
    AND (id = award OR id IN (SELECT top_up_id FROM review_follow_up WHERE award_id = award))
$$;
CREATE FUNCTION claimed_fen(award text) RETURNS bigint STABLE LANGUAGE sql AS $$
  SELECT coalesce(sum(claimed_fen - corrected_fen), 0)::bigint FROM recovery
  WHERE entitlement_id = award AND status <> 'dropped'
$$;

CREATE FUNCTION refuse_claim_beyond_award() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  award entitlement%ROWTYPE;
BEGIN
  SELECT * INTO award FROM entitlement WHERE id = NEW.entitlement_id FOR UPDATE;
  IF award.status NOT IN ('paid', 'received') OR award.firm_code <> NEW.firm_code OR award.budget_line <> NEW.budget_line THEN
    RAISE EXCEPTION 'recovery % is not of a paid award of that firm and line', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF claimed_fen(NEW.entitlement_id) + NEW.claimed_fen > granted_fen(NEW.entitlement_id) THEN
    RAISE EXCEPTION 'recovery % asks back more than award % was granted', NEW.id, award.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recovery_within_award BEFORE INSERT ON recovery FOR EACH ROW EXECUTE FUNCTION refuse_claim_beyond_award();

CREATE FUNCTION refuse_recovery_beside_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.ground = 'review' AND NOT EXISTS (
    SELECT FROM review_follow_up JOIN reassessment ON reassessment.id = reassessment_id
    WHERE recovery_id = NEW.id AND reassessment_id = NEW.reassessment_id AND award_id = NEW.entitlement_id
      AND reassessment.closed_by = NEW.opened_by) THEN
    RAISE EXCEPTION 'recovery % does not follow from its review', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER recovery_follows_review AFTER INSERT ON recovery
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_recovery_beside_review();

-- What an award stands at: granted, less what is asked back, and as upheld reviews say that still wait to be followed.
CREATE FUNCTION standing_fen(award text) RETURNS bigint STABLE LANGUAGE sql AS $$
  SELECT granted_fen(award) - claimed_fen(award) + coalesce((
    SELECT sum(due_fen - paid_fen) FROM reassessment WHERE entitlement_id = award AND status = 'upheld'
      AND NOT EXISTS (SELECT FROM review_follow_up WHERE reassessment_id = reassessment.id)), 0)::bigint
$$;

-- After everything was asked back an award stands at nothing, and a review may give it again.
ALTER TABLE reassessment DROP CONSTRAINT reassessment_paid_fen_check;
ALTER TABLE reassessment ADD CONSTRAINT reassessment_paid_fen_check CHECK (paid_fen >= 0);

-- ---------------------------------------------------------------- only the bank's booked credit says "received"

SELECT widen_check('statement_line', 'statement_line_result_check', $$result = 'recovered'$$);
SELECT widen_check('statement_line', 'statement_line_check', $$result = 'recovered'$$);
ALTER TABLE statement_line
  ADD COLUMN recovery_id text REFERENCES recovery,
  ADD COLUMN remittance  text,
  ADD CONSTRAINT statement_line_recovery_check CHECK ((result = 'recovered') = (recovery_id IS NOT NULL)),
  ADD CONSTRAINT statement_line_recovery_credit_check CHECK (result <> 'recovered' OR direction = 'credit');
CREATE INDEX statement_line_recovery_id_idx ON statement_line (recovery_id);

CREATE FUNCTION refuse_repayment_without_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.received_fen <> OLD.received_fen AND NEW.received_fen <> (
    SELECT coalesce(sum(amount_fen), 0) FROM statement_line WHERE recovery_id = NEW.id AND result = 'recovered') THEN
    RAISE EXCEPTION 'recovery % has received what the bank has booked, no more and no less', NEW.id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recovery_by_credit BEFORE UPDATE ON recovery FOR EACH ROW EXECUTE FUNCTION refuse_repayment_without_credit();

-- ---------------------------------------------------------------- the books

-- `claimed` is the other side of what firms owe back, as `source` is of what the treasury gave; beside them
-- what was appropriated and paid stays as it is, because that money did leave.
SELECT widen_check('posting', 'posting_bucket_check', $$bucket IN ('claimed', 'receivable', 'recovered')$$);
ALTER TABLE budget_line
  ADD COLUMN receivable_fen bigint NOT NULL DEFAULT 0 CHECK (receivable_fen >= 0),
  ADD COLUMN recovered_fen  bigint NOT NULL DEFAULT 0 CHECK (recovered_fen >= 0);

CREATE FUNCTION post_to_receivables() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE budget_line AS line SET
    receivable_fen = line.receivable_fen + moved.receivable,
    recovered_fen  = line.recovered_fen + moved.recovered
  FROM (
    SELECT budget_line AS id,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'receivable'), 0) AS receivable,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'recovered'), 0) AS recovered
    FROM added GROUP BY budget_line
  ) AS moved WHERE line.id = moved.id AND (moved.receivable, moved.recovered) <> (0, 0);
  RETURN NULL;
END $$;
CREATE TRIGGER posting_moves_receivables AFTER INSERT ON posting REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION post_to_receivables();

CREATE FUNCTION refuse_receivable_without_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF (NEW.receivable_fen, NEW.recovered_fen) <> (0, 0) THEN
      RAISE EXCEPTION 'budget line % must start with nothing to recover', NEW.id USING ERRCODE = 'check_violation';
    END IF;
  ELSIF pg_trigger_depth() < 2
    AND (NEW.receivable_fen, NEW.recovered_fen) IS DISTINCT FROM (OLD.receivable_fen, OLD.recovered_fen) THEN
    RAISE EXCEPTION 'receivables of budget line % move only by postings', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER budget_line_receivable_by_posting BEFORE INSERT OR UPDATE ON budget_line
  FOR EACH ROW EXECUTE FUNCTION refuse_receivable_without_posting();

DROP FUNCTION widen_check(regclass, text, text);
