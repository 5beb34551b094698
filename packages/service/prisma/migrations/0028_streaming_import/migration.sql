-- A file that waits for people may be larger than one value can be: its row holds the beginning, and these what follows.
CREATE TABLE kept_file_part (
  file_id text NOT NULL,
  place   integer NOT NULL CHECK (place > 0),
  bytes   bytea NOT NULL CHECK (octet_length(bytes) > 0),
  PRIMARY KEY (file_id, place)
);

CREATE TRIGGER kept_file_part_no_change BEFORE UPDATE OR DELETE ON kept_file_part
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kept_file_part_no_truncate BEFORE TRUNCATE ON kept_file_part
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
