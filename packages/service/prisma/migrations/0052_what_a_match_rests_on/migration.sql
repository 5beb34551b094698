-- What a whole run of the match rests on, so that the next one decides again only what may be another.
CREATE TABLE match_ground (
  run_id   text PRIMARY KEY REFERENCES match_run,
  mark     bigint NOT NULL,
  seen     jsonb NOT NULL,
  rests_on text NOT NULL
);
CREATE TRIGGER match_ground_append_only BEFORE UPDATE OR DELETE ON match_ground
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER match_ground_no_truncate BEFORE TRUNCATE ON match_ground
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- When a firm has to be decided again though nothing is heard of it, and what its newest answers were.
CREATE TABLE match_due (
  firm_code    text PRIMARY KEY REFERENCES firm,
  due_on       date,
  every_night  boolean NOT NULL,
  relatives    jsonb NOT NULL,
  eligible     integer NOT NULL CHECK (eligible >= 0),
  ineligible   integer NOT NULL CHECK (ineligible >= 0),
  undetermined integer NOT NULL CHECK (undetermined >= 0)
);
CREATE INDEX match_due_due_on_idx ON match_due (due_on);
CREATE INDEX match_due_relatives_idx ON match_due USING gin (relatives);
