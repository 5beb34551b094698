-- What a firm owes back, set off against what it is still to be paid: both sides, or neither.

CREATE TABLE recovery_offset (
  id             text PRIMARY KEY,
  recovery_id    text NOT NULL REFERENCES recovery,
  -- The benefit that so much is kept back of.
  entitlement_id text NOT NULL REFERENCES entitlement,
  amount_fen     bigint NOT NULL CHECK (amount_fen > 0),
  basis          text NOT NULL CHECK (basis IN ('consent', 'law')),
  -- What the firm agreed to, or the clause that allows it without.
  ground         text NOT NULL CHECK (length(ground) BETWEEN 1 AND 500),
  agreed_by      text NOT NULL,
  agreed_at      timestamptz(3) NOT NULL,
  settled_at     timestamptz(3),
  status         text NOT NULL,
  CHECK ((status = 'agreed') = (settled_at IS NULL))
);
CREATE INDEX recovery_offset_recovery_id_idx ON recovery_offset (recovery_id);
-- No benefit pays two debts at once: what is kept back of it stays one number.
CREATE UNIQUE INDEX recovery_offset_one_live ON recovery_offset (entitlement_id) WHERE status IN ('agreed', 'applied');

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('offset', '', 'agreed'),
  ('offset', 'agreed', 'applied'),
  ('offset', 'agreed', 'fell-away'),
  ('offset', 'applied', 'fell-away'); -- the payment came back, and the benefit was withdrawn

CREATE TRIGGER recovery_offset_transition BEFORE INSERT OR UPDATE ON recovery_offset
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('offset');
CREATE TRIGGER recovery_offset_no_delete BEFORE DELETE ON recovery_offset FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recovery_offset_no_truncate BEFORE TRUNCATE ON recovery_offset
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_changed_offset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.recovery_id, NEW.entitlement_id, NEW.amount_fen, NEW.basis, NEW.ground, NEW.agreed_by, NEW.agreed_at)
     IS DISTINCT FROM
     (OLD.id, OLD.recovery_id, OLD.entitlement_id, OLD.amount_fen, OLD.basis, OLD.ground, OLD.agreed_by, OLD.agreed_at) THEN
    RAISE EXCEPTION 'offset % is kept as it was agreed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recovery_offset_terms BEFORE UPDATE ON recovery_offset FOR EACH ROW EXECUTE FUNCTION refuse_changed_offset();

-- What is, or will be, kept back of a benefit.
CREATE FUNCTION set_off_fen(benefit text) RETURNS bigint STABLE LANGUAGE sql AS $$
  SELECT coalesce(sum(amount_fen), 0)::bigint FROM recovery_offset
  WHERE entitlement_id = benefit AND status IN ('agreed', 'applied')
$$;

CREATE FUNCTION refuse_offset_without_debt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owed entitlement%ROWTYPE;
  debt recovery%ROWTYPE;
BEGIN
  SELECT * INTO owed FROM entitlement WHERE id = NEW.entitlement_id FOR UPDATE;
  SELECT * INTO debt FROM recovery WHERE id = NEW.recovery_id;
  IF owed.status <> 'confirmed' OR debt.status <> 'owed' OR owed.firm_code <> debt.firm_code OR NEW.amount_fen > owed.amount_fen
     OR EXISTS (SELECT FROM payment WHERE entitlement_id = owed.id
       AND status IN ('reserved', 'batched', 'submitted', 'accepted', 'settled')) THEN
    RAISE EXCEPTION 'offset % is not of one firm''s debt and unpaid benefit', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recovery_offset_like_debt BEFORE INSERT ON recovery_offset
  FOR EACH ROW EXECUTE FUNCTION refuse_offset_without_debt();

-- A debt is held and set off by exactly its offsets.
CREATE FUNCTION refuse_recovery_unlike_offsets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held bigint;
  applied bigint;
BEGIN
  SELECT coalesce(sum(amount_fen) FILTER (WHERE status = 'agreed'), 0),
    coalesce(sum(amount_fen) FILTER (WHERE status = 'applied'), 0) INTO held, applied
  FROM recovery_offset WHERE recovery_id = NEW.id;
  IF (NEW.held_fen, NEW.offset_fen) IS DISTINCT FROM (held, applied) THEN
    RAISE EXCEPTION 'recovery % is set off by what its offsets say', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recovery_like_offsets BEFORE UPDATE OF held_fen, offset_fen ON recovery
  FOR EACH ROW WHEN ((NEW.held_fen, NEW.offset_fen) IS DISTINCT FROM (OLD.held_fen, OLD.offset_fen))
  EXECUTE FUNCTION refuse_recovery_unlike_offsets();

-- ---------------------------------------------------------------- paying what is left

-- The laws of a payment stay as they are where nothing is kept back; where something is, the rest is paid.
DROP TRIGGER payment_like_entitlement ON payment;
CREATE TRIGGER payment_like_entitlement BEFORE INSERT ON payment FOR EACH ROW
  WHEN (set_off_fen(NEW.entitlement_id) = 0) EXECUTE FUNCTION refuse_payment_unlike_entitlement();

CREATE FUNCTION refuse_payment_unlike_rest() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owed entitlement%ROWTYPE;
BEGIN
  SELECT * INTO owed FROM entitlement WHERE id = NEW.entitlement_id FOR UPDATE;
  IF owed.status <> 'confirmed' OR owed.amount_fen - set_off_fen(owed.id) <> NEW.amount_fen
     OR owed.budget_line <> NEW.budget_line THEN
    RAISE EXCEPTION 'payment % is not what is left of its entitlement (%)', NEW.id, owed.status USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM bank_account WHERE id = NEW.bank_account_id AND firm_code = owed.firm_code
      AND (holder_name, account_index, bank_code) = (NEW.holder_name, NEW.account_index, NEW.bank_code)) THEN
    RAISE EXCEPTION 'payment % does not go to an account of firm %', NEW.id, owed.firm_code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_like_rest BEFORE INSERT ON payment FOR EACH ROW
  WHEN (set_off_fen(NEW.entitlement_id) > 0) EXECUTE FUNCTION refuse_payment_unlike_rest();

-- Where all of it is kept back no bank pays anything, and nothing is left to wait for.
DROP TRIGGER entitlement_like_payment ON entitlement;
CREATE TRIGGER entitlement_like_payment BEFORE UPDATE ON entitlement FOR EACH ROW
  WHEN (NOT (NEW.status = 'paid' AND set_off_fen(NEW.id) = NEW.amount_fen))
  EXECUTE FUNCTION refuse_entitlement_against_payment();
