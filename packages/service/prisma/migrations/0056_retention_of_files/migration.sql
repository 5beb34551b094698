-- Files of departments go three years after people dealt with them. Who decided what, and about which digest, stays.
ALTER TABLE quarantined_delivery
  ALTER COLUMN bytes DROP NOT NULL,
  ADD COLUMN bytes_gone_at timestamptz(3),
  ADD CONSTRAINT quarantined_delivery_file_or_gone CHECK ((bytes IS NULL) = (bytes_gone_at IS NOT NULL));
ALTER TABLE name_list
  ALTER COLUMN bytes DROP NOT NULL,
  ADD COLUMN bytes_gone_at timestamptz(3),
  ADD CONSTRAINT name_list_file_or_gone CHECK ((bytes IS NULL) = (bytes_gone_at IS NOT NULL));

-- Sealing anew never takes a value away, which a comparison with NULL left open (evidence of disputes may be NULL).
CREATE OR REPLACE FUNCTION sealed_anew(before text, after text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT before IS NOT DISTINCT FROM after
    OR before IS NOT NULL AND coalesce(after LIKE 'sealed:%' AND split_part(after, ':', 2) IS DISTINCT FROM
      CASE WHEN before LIKE 'sealed:%' THEN split_part(before, ':', 2) END, false)
$$;

-- Whether a file's bytes stay as they are, are sealed anew, or go because their time is over.
CREATE FUNCTION file_kept_or_gone(before bytea, after bytea, gone_before timestamptz, gone_at timestamptz, dealt_with_at timestamptz)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN gone_before IS NOT NULL THEN after IS NULL AND gone_at = gone_before
    WHEN gone_at IS NOT NULL THEN after IS NULL AND coalesce(dealt_with_at <= now() - interval '3 years', false)
    ELSE sealed_anew(before, after)
  END
$$;

CREATE OR REPLACE FUNCTION refuse_changed_quarantine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.source_id, NEW.file_name, NEW.sha256, NEW.as_of, NEW.complete, NEW.findings, NEW.pays,
      NEW.arrived_at, NEW.imported_by)
     IS DISTINCT FROM (OLD.id, OLD.source_id, OLD.file_name, OLD.sha256, OLD.as_of, OLD.complete,
      OLD.findings, OLD.pays, OLD.arrived_at, OLD.imported_by)
     OR file_kept_or_gone(OLD.bytes, NEW.bytes, OLD.bytes_gone_at, NEW.bytes_gone_at, OLD.decided_at) IS NOT TRUE
     OR (OLD.endorsed_by IS NOT NULL AND NEW.endorsed_by IS DISTINCT FROM OLD.endorsed_by) THEN
    RAISE EXCEPTION 'quarantined delivery % is kept as it arrived', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_changed_name_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.source_id, NEW.file_name, NEW.sha256, NEW.as_of, NEW.complete, NEW.arrived_at, NEW.imported_by)
     IS DISTINCT FROM
     (OLD.id, OLD.source_id, OLD.file_name, OLD.sha256, OLD.as_of, OLD.complete, OLD.arrived_at, OLD.imported_by)
     OR file_kept_or_gone(OLD.bytes, NEW.bytes, OLD.bytes_gone_at, NEW.bytes_gone_at, OLD.closed_at) IS NOT TRUE
  THEN
    RAISE EXCEPTION 'name list % is kept as it arrived', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.status = 'completed' AND OLD.status = 'open'
     AND EXISTS (SELECT 1 FROM name_list_entry WHERE list_id = NEW.id AND settled_by IS NULL) THEN
    RAISE EXCEPTION 'name list % has names that nobody has settled', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- What follows a file's beginning goes after it, never before.
DROP TRIGGER kept_file_part_no_delete ON kept_file_part;
CREATE FUNCTION refuse_early_file_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM quarantined_delivery WHERE id = OLD.file_id AND bytes_gone_at IS NOT NULL
    UNION ALL SELECT FROM name_list WHERE id = OLD.file_id AND bytes_gone_at IS NOT NULL) THEN
    RAISE EXCEPTION 'kept_file_part is append-only: DELETE refused' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER kept_file_part_gone_only BEFORE DELETE ON kept_file_part
  FOR EACH ROW EXECUTE FUNCTION refuse_early_file_part();
