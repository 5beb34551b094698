-- Six digits that were sent to somebody, known here by digest only, and only together with what the browser that asked
-- for them holds. One without an account was sent to nobody: asking answers alike whoever is behind a login.
CREATE TABLE sign_in_code (
  token_hash text PRIMARY KEY CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  code_hash  text NOT NULL CHECK (code_hash ~ '^[0-9a-f]{64}$'),
  -- Which login was asked for, as the limits count it.
  subject    text NOT NULL CHECK (subject ~ '^[0-9a-f]{64}$'),
  account_id text REFERENCES account,
  sent_at    timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL CHECK (expires_at > sent_at AND expires_at <= sent_at + interval '5 minutes'),
  tries      integer NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
  used_at    timestamptz(3)
);

-- What was sent stays what it was: tries go up, and it is used once.
CREATE FUNCTION refuse_changed_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.token_hash, NEW.code_hash, NEW.subject, NEW.account_id, NEW.sent_at, NEW.expires_at) IS DISTINCT FROM
     (OLD.token_hash, OLD.code_hash, OLD.subject, OLD.account_id, OLD.sent_at, OLD.expires_at)
     OR NEW.tries < OLD.tries OR OLD.used_at IS NOT NULL THEN
    RAISE EXCEPTION 'a sign-in code is kept as it was sent' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sign_in_code_terms BEFORE UPDATE ON sign_in_code FOR EACH ROW EXECUTE FUNCTION refuse_changed_code();

-- How often something was tried within a span of time, for all instances together. The key is a digest.
CREATE TABLE try_count (
  key        text NOT NULL CHECK (key ~ '^[0-9a-f]{64}$'),
  began_at   timestamptz(3) NOT NULL,
  ends_at    timestamptz(3) NOT NULL CHECK (ends_at > began_at),
  tries      integer NOT NULL CHECK (tries > 0),
  PRIMARY KEY (key, began_at)
);
CREATE INDEX try_count_ends_at_idx ON try_count (ends_at);
