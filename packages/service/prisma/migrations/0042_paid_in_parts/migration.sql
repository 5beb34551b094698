-- An award paid in parts on a calendar (分期拨付): each part is a claim of its own, with its day, its money and its payment.

-- The first part is the award itself; the others are born with the consent. What one payment is for is a part, and
-- of each at most one payment is alive (payment_one_live).
CREATE TABLE award_part (
  entitlement_id text PRIMARY KEY REFERENCES entitlement,
  award_id       text NOT NULL REFERENCES entitlement,
  part           integer NOT NULL CHECK (part BETWEEN 1 AND 60),
  parts          integer NOT NULL CHECK (parts BETWEEN 2 AND 60),
  award_fen      bigint NOT NULL,
  amount_fen     bigint NOT NULL CHECK (amount_fen > 0 AND amount_fen < award_fen),
  due_on         date NOT NULL,
  -- Names of the conditions that are looked at again before it is paid; NULL = all.
  still_required jsonb CHECK (jsonb_typeof(still_required) = 'array' AND jsonb_array_length(still_required) > 0),
  UNIQUE (award_id, part),
  CHECK (part <= parts),
  CHECK ((part = 1) = (entitlement_id = award_id))
);
CREATE TRIGGER award_part_no_delete BEFORE DELETE ON award_part FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER award_part_no_truncate BEFORE TRUNCATE ON award_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a firm has agreed to stays: a calendar is written while its award is offered, and not after.
CREATE FUNCTION refuse_parts_of_no_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.entitlement_id, NEW.award_id, NEW.part) IS DISTINCT FROM (OLD.entitlement_id, OLD.award_id, OLD.part)
     OR (SELECT status FROM entitlement WHERE id = NEW.entitlement_id) <> 'offered' THEN
    RAISE EXCEPTION 'part % of award % is fixed', NEW.part, NEW.award_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER award_part_of_offer BEFORE INSERT OR UPDATE ON award_part
  FOR EACH ROW EXECUTE FUNCTION refuse_parts_of_no_offer();

-- When the consent is written, all parts are there, of one firm, policy and consent, one day after the other, and they
-- make up the award to the fen.
CREATE FUNCTION refuse_parts_unlike_award() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  award entitlement%ROWTYPE;
  found_parts integer;
  found_fen bigint;
  alike boolean;
BEGIN
  SELECT * INTO award FROM entitlement WHERE id = NEW.award_id;
  SELECT count(*), sum(own.amount_fen), bool_and(
      (own.parts, own.award_fen) = (NEW.parts, NEW.award_fen) AND owed.amount_fen = own.amount_fen
      AND (owed.firm_code, owed.policy_id, owed.policy_version_id, owed.decision_id, owed.consent_id)
        IS NOT DISTINCT FROM (award.firm_code, award.policy_id, award.policy_version_id, award.decision_id, award.consent_id)
      AND NOT EXISTS (SELECT FROM award_part later WHERE later.award_id = own.award_id
        AND later.part > own.part AND later.part <= NEW.parts AND later.due_on <= own.due_on))
    INTO found_parts, found_fen, alike
  FROM award_part own JOIN entitlement owed ON owed.id = own.entitlement_id
  WHERE own.award_id = NEW.award_id AND own.part <= NEW.parts;
  IF award.consent_id IS NULL OR found_parts <> NEW.parts OR found_fen <> NEW.award_fen OR NOT alike THEN
    RAISE EXCEPTION 'the parts of award % do not make it up', NEW.award_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER award_part_adds_up AFTER INSERT OR UPDATE ON award_part
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_parts_unlike_award();

-- No part before its day, and none while an earlier one has not been paid.
CREATE FUNCTION refuse_payment_before_its_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM award_part WHERE entitlement_id = NEW.entitlement_id AND part > 1
       AND due_on > (NEW.created_at AT TIME ZONE 'Asia/Shanghai')::date) THEN
    RAISE EXCEPTION 'payment % comes before the day of its part', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM award_part own JOIN award_part earlier ON earlier.award_id = own.award_id AND earlier.part < own.part
       JOIN entitlement owed ON owed.id = earlier.entitlement_id
       WHERE own.entitlement_id = NEW.entitlement_id AND owed.status NOT IN ('paid', 'received')) THEN
    RAISE EXCEPTION 'payment % comes before an earlier part of its award', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_on_its_day BEFORE INSERT ON payment FOR EACH ROW EXECUTE FUNCTION refuse_payment_before_its_day();

-- An award has one standing, with all its parts; what is asked back on a part is asked back on its award.
CREATE OR REPLACE FUNCTION granted_fen(award text) RETURNS bigint STABLE LANGUAGE sql AS $$
  SELECT coalesce(sum(amount_fen), 0)::bigint FROM entitlement
  WHERE status IN ('confirmed', 'waitlisted', 'paid', 'received', 'offered')
    AND (id = award OR id IN (SELECT top_up_id FROM review_follow_up WHERE award_id = award)
      OR id IN (SELECT entitlement_id FROM award_part WHERE award_id = award))
$$;
CREATE OR REPLACE FUNCTION claimed_fen(award text) RETURNS bigint STABLE LANGUAGE sql AS $$
  SELECT coalesce(sum(claimed_fen - corrected_fen), 0)::bigint FROM recovery
  WHERE status <> 'dropped' AND (entitlement_id = award
    OR entitlement_id IN (SELECT entitlement_id FROM award_part WHERE award_id = award))
$$;
