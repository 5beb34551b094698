-- What stands between a benefit alone and a benefit beside others: what its policy alone would give, what the
-- rules of all policies leave of it, for which persons, loans and projects it is, and why.
CREATE TABLE stacking_terms (
  entitlement_id text PRIMARY KEY REFERENCES entitlement,
  asked_fen      bigint NOT NULL CHECK (asked_fen > 0),
  granted_fen    bigint NOT NULL CHECK (granted_fen > 0 AND granted_fen <= asked_fen),
  shares         jsonb NOT NULL CHECK (jsonb_typeof(shares) = 'array'),
  reasons        jsonb NOT NULL CHECK (jsonb_typeof(reasons) = 'array'),
  choices        jsonb NOT NULL CHECK (jsonb_typeof(choices) = 'array'),
  -- Whose history the firm carries on: what they agreed to counts.
  forebears      jsonb NOT NULL CHECK (jsonb_typeof(forebears) = 'array'),
  -- Not among several that exclude each other, or the one that gives most.
  proposed       boolean NOT NULL
);
-- Who else was granted something for the same person, loan or project.
CREATE INDEX stacking_terms_shares_idx ON stacking_terms USING gin (shares jsonb_path_ops);

-- What a firm agreed to stays what it agreed to.
CREATE FUNCTION refuse_terms_unlike_offer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owed entitlement%ROWTYPE;
BEGIN
  SELECT * INTO owed FROM entitlement WHERE id = coalesce(NEW.entitlement_id, OLD.entitlement_id);
  IF owed.status <> 'offered' THEN
    RAISE EXCEPTION 'the stacking terms of entitlement % are fixed (%)', owed.id, owed.status USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF owed.amount_fen <> NEW.granted_fen OR (TG_OP = 'UPDATE' AND NEW.entitlement_id <> OLD.entitlement_id) THEN
    RAISE EXCEPTION 'stacking terms of % fen do not match entitlement %', NEW.granted_fen, owed.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stacking_terms_like_offer BEFORE INSERT OR UPDATE OR DELETE ON stacking_terms
  FOR EACH ROW EXECUTE FUNCTION refuse_terms_unlike_offer();
CREATE TRIGGER stacking_terms_no_truncate BEFORE TRUNCATE ON stacking_terms
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
