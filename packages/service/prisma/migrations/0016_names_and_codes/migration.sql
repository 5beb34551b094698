-- Names compare without regard to spaces, case and the width of brackets and letters.
CREATE FUNCTION name_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT upper(regexp_replace(normalize(name, NFKC), '\s', '', 'g'))
$$;
CREATE INDEX firm_name_key_idx ON firm (name_key(name));
CREATE INDEX fact_name_key_idx ON fact (name_key(value #>> '{}')) WHERE fact_id = 'ent.name';
CREATE INDEX fact_former_names_idx ON fact (firm_code) WHERE fact_id = 'ent.formerNames' AND value <> '[]'::jsonb;
-- Who came after a subject, and what branches it has.
CREATE INDEX fact_predecessors_idx ON fact USING gin (value jsonb_path_ops) WHERE fact_id = 'ent.predecessors';
CREATE INDEX fact_branch_of_idx ON fact ((value #>> '{}')) WHERE fact_id = 'ent.branchOf' AND value <> 'null'::jsonb;

-- A delivery that has names and no codes: kept whole until a person has said which firm each name is.
CREATE TABLE name_list (
  id          text PRIMARY KEY,
  source_id   text NOT NULL,
  file_name   text NOT NULL,
  sha256      text NOT NULL,
  as_of       date NOT NULL,
  complete    boolean NOT NULL,
  bytes       bytea NOT NULL,
  status      text NOT NULL,
  arrived_at  timestamptz(3) NOT NULL,
  imported_by text NOT NULL,
  closed_by   text,
  closed_at   timestamptz(3),
  reason      text,
  UNIQUE (source_id, sha256, as_of),
  CHECK ((closed_by IS NULL) = (closed_at IS NULL)),
  CHECK ((closed_by IS NULL) = (status = 'open')),
  CHECK ((reason IS NOT NULL) = (status = 'dropped'))
);
CREATE INDEX name_list_status_idx ON name_list (status);

CREATE TABLE name_list_entry (
  list_id    text NOT NULL REFERENCES name_list,
  name       text NOT NULL,
  lines      jsonb NOT NULL,
  candidates jsonb NOT NULL,
  firm_code  text REFERENCES firm,
  settled_by text,
  settled_at timestamptz(3),
  PRIMARY KEY (list_id, name),
  CHECK ((settled_by IS NULL) = (settled_at IS NULL)),
  CHECK (firm_code IS NULL OR settled_by IS NOT NULL)
);
CREATE INDEX name_list_entry_name_idx ON name_list_entry (name);

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('name-list', '', 'open'),
  ('name-list', 'open', 'completed'),
  ('name-list', 'open', 'dropped');

CREATE TRIGGER name_list_transition BEFORE INSERT OR UPDATE ON name_list
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('name-list');
CREATE TRIGGER name_list_no_delete BEFORE DELETE ON name_list FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER name_list_no_truncate BEFORE TRUNCATE ON name_list FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER name_list_entry_no_delete BEFORE DELETE ON name_list_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER name_list_entry_no_truncate BEFORE TRUNCATE ON name_list_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_changed_name_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.source_id, NEW.file_name, NEW.sha256, NEW.as_of, NEW.complete, NEW.bytes, NEW.arrived_at, NEW.imported_by)
     IS DISTINCT FROM
     (OLD.id, OLD.source_id, OLD.file_name, OLD.sha256, OLD.as_of, OLD.complete, OLD.bytes, OLD.arrived_at, OLD.imported_by)
  THEN
    RAISE EXCEPTION 'name list % is kept as it arrived', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.status = 'completed' AND OLD.status = 'open'
     AND EXISTS (SELECT 1 FROM name_list_entry WHERE list_id = NEW.id AND settled_by IS NULL) THEN
    RAISE EXCEPTION 'name list % has names that nobody has settled', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER name_list_terms BEFORE UPDATE ON name_list FOR EACH ROW EXECUTE FUNCTION refuse_changed_name_list();

-- Whose name it is can be said again while the list is open, and is then as it was used.
CREATE FUNCTION refuse_changed_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.list_id, NEW.name, NEW.lines, NEW.candidates) IS DISTINCT FROM (OLD.list_id, OLD.name, OLD.lines, OLD.candidates)
     OR (SELECT status FROM name_list WHERE id = OLD.list_id) <> 'open' THEN
    RAISE EXCEPTION 'name % of list % is settled', OLD.name, OLD.list_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER name_list_entry_terms BEFORE UPDATE ON name_list_entry FOR EACH ROW EXECUTE FUNCTION refuse_changed_name();

-- Codes of the register that fail the check digit of their standard.
CREATE TABLE doubtful_code (
  code text PRIMARY KEY REFERENCES firm
);
CREATE TRIGGER doubtful_code_no_change BEFORE UPDATE OR DELETE ON doubtful_code
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER doubtful_code_no_truncate BEFORE TRUNCATE ON doubtful_code
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Official codes of early pilots are among them: a person asks the register, and says here what it answered.
CREATE TABLE code_confirmation (
  code         text PRIMARY KEY REFERENCES firm,
  evidence     text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 500),
  confirmed_by text NOT NULL,
  confirmed_at timestamptz(3) NOT NULL
);
CREATE TRIGGER code_confirmation_no_change BEFORE UPDATE OR DELETE ON code_confirmation
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER code_confirmation_no_truncate BEFORE TRUNCATE ON code_confirmation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
