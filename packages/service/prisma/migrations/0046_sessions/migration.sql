-- Sessions end when nobody uses them, can be named by their owner, and say how they were opened. Whoever is signed in
-- signs in once more: nobody knows how long these have been idle.
DELETE FROM session;
ALTER TABLE session
  -- By which a page names it; the cookie's token cannot be found from it.
  ADD COLUMN id text NOT NULL UNIQUE,
  ADD COLUMN method text NOT NULL CHECK (method IN ('password', 'identity', 'code')),
  -- At a terminal that the next person uses.
  ADD COLUMN is_kiosk boolean NOT NULL,
  ADD COLUMN idle_minutes integer NOT NULL CHECK (idle_minutes BETWEEN 1 AND 60),
  ADD COLUMN last_seen_at timestamptz(3) NOT NULL,
  ADD CONSTRAINT session_kiosk_is_short CHECK (NOT is_kiosk OR (idle_minutes <= 5 AND expires_at <= created_at + interval '1 hour'));
CREATE INDEX session_account_id_idx ON session (account_id);

-- Whom an identity provider means. Its name for a person may be an identity number, so only the blind index is kept.
CREATE TABLE identity (
  subject_index text PRIMARY KEY CHECK (subject_index ~ '^[0-9a-f]{32}$'),
  issuer        text NOT NULL,
  account_id    text NOT NULL REFERENCES account,
  linked_at     timestamptz(3) NOT NULL,
  -- Nobody else of the same provider signs in as this person.
  UNIQUE (issuer, account_id)
);

-- A sign-in that is under way at a provider; taken out when the browser comes back, so that no answer counts twice.
CREATE TABLE identity_sign_in (
  token_hash    text PRIMARY KEY,
  state         text NOT NULL,
  nonce         text NOT NULL,
  code_verifier text NOT NULL,
  next          text,
  started_at    timestamptz(3) NOT NULL,
  expires_at    timestamptz(3) NOT NULL CHECK (expires_at > started_at)
);

-- A link stays what it was; it goes with its account's right to sign in, not by a new owner.
CREATE TRIGGER identity_terms BEFORE UPDATE ON identity FOR EACH ROW EXECUTE FUNCTION refuse_change();
