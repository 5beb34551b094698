-- Events that wait for their seal, so that the sequencer need not search the whole journal for them.
-- An event that came in around this trigger is never sealed, and verification counts it.
CREATE TABLE unsealed_event (event_seq bigint PRIMARY KEY);
INSERT INTO unsealed_event
  SELECT seq FROM journal_event WHERE NOT EXISTS (SELECT FROM seal WHERE event_seq = seq);

CREATE FUNCTION await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO unsealed_event SELECT seq FROM added;
  RETURN NULL;
END $$;
CREATE TRIGGER journal_event_awaits_seal AFTER INSERT ON journal_event REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION await_seal();

CREATE FUNCTION receive_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM unsealed_event USING added WHERE unsealed_event.event_seq = added.event_seq;
  RETURN NULL;
END $$;
CREATE TRIGGER seal_is_received AFTER INSERT ON seal REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION receive_seal();
