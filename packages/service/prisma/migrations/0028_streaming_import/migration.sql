-- A file that waits for people may be larger than one value can be: its row holds the beginning, and these what follows.
CREATE TABLE kept_file_part (
  file_id text NOT NULL,
  place   integer NOT NULL CHECK (place > 0),
  size    integer NOT NULL CHECK (size > 0),
  bytes   bytea NOT NULL CONSTRAINT kept_file_part_sealed CHECK (substring(bytes FROM 1 FOR 7) = 'sealed:'::bytea),
  PRIMARY KEY (file_id, place)
);

CREATE TRIGGER kept_file_part_no_delete BEFORE DELETE ON kept_file_part
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kept_file_part_no_truncate BEFORE TRUNCATE ON kept_file_part
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_changed_file_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.file_id, NEW.place, NEW.size) IS DISTINCT FROM (OLD.file_id, OLD.place, OLD.size)
     OR OLD.bytes = NEW.bytes OR NOT sealed_anew(OLD.bytes, NEW.bytes) THEN
    RAISE EXCEPTION 'kept_file_part is append-only: UPDATE refused' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kept_file_part_terms BEFORE UPDATE ON kept_file_part
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_file_part();
