-- Officers of one department look after what that department supplies, and after nothing else.
ALTER TABLE account DROP CONSTRAINT account_role_check;
ALTER TABLE account ADD COLUMN source_id text;
ALTER TABLE account ADD CONSTRAINT account_role_check CHECK (role IN
  ('enterprise', 'author', 'finance-maker', 'finance-checker', 'auditor', 'operator', 'data-officer'));
ALTER TABLE account ADD CONSTRAINT account_officer_of_one_source
  CHECK ((role = 'data-officer') = (source_id IS NOT NULL));

-- How long a fact is kept, by its class; written when a purge begins, and the only way by which a fact may go.
CREATE TABLE fact_purge (
  id         text PRIMARY KEY,
  privacy    text NOT NULL CHECK (privacy IN ('public', 'business', 'personal')),
  fact_ids   jsonb NOT NULL CHECK (jsonb_typeof(fact_ids) = 'array' AND jsonb_array_length(fact_ids) > 0),
  before     date NOT NULL,
  purged     integer NOT NULL CHECK (purged >= 0),
  at         timestamptz(3) NOT NULL
);
CREATE TRIGGER fact_purge_append_only BEFORE UPDATE OR DELETE ON fact_purge
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fact_purge_no_truncate BEFORE TRUNCATE ON fact_purge
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DROP TRIGGER fact_append_only ON fact;
CREATE TRIGGER fact_append_only BEFORE UPDATE ON fact FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_early_purge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Nobody keeps a fact for less than three years, whatever the clock of the process says.
  IF OLD.as_of > current_date - interval '3 years' OR NOT EXISTS (
    SELECT 1 FROM fact_purge WHERE jsonb_exists(fact_ids, OLD.fact_id) AND OLD.as_of < before) THEN
    RAISE EXCEPTION 'fact is append-only: DELETE refused' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER fact_purge_only BEFORE DELETE ON fact FOR EACH ROW EXECUTE FUNCTION refuse_early_purge();
