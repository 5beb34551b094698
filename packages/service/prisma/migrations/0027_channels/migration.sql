-- Notices by several channels: in both languages, gathered into at most one letter a day and firm, each attempt logged.

ALTER TABLE inbox_message
  ADD COLUMN subject_en text,
  ADD COLUMN body_en    text,
  ADD COLUMN letter_id  text,
  ADD COLUMN outbound   text NOT NULL DEFAULT 'inbox-only' CHECK (outbound IN ('waiting', 'letter', 'inbox-only')),
  ADD CHECK ((subject_en IS NULL) = (body_en IS NULL));

-- The unique key is the promise: whichever run tells a firm something, it gets one letter a day.
CREATE TABLE letter (
  id         text PRIMARY KEY,
  firm_code  text NOT NULL REFERENCES firm,
  day        date NOT NULL,
  status     text NOT NULL,
  written_at timestamptz(3) NOT NULL,
  UNIQUE (firm_code, day)
);

CREATE TABLE dispatch (
  id              text PRIMARY KEY,
  channel         text NOT NULL CHECK (channel IN ('email', 'sms', 'webhook')),
  firm_code       text NOT NULL REFERENCES firm,
  letter_id       text REFERENCES letter,
  notice_id       text REFERENCES inbox_message,
  recipient       text NOT NULL CHECK (recipient <> ''),
  subject         text NOT NULL,
  body            text NOT NULL,
  status          text NOT NULL,
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt_at timestamptz(3) NOT NULL,
  last_error      text,
  queued_at       timestamptz(3) NOT NULL,
  sent_at         timestamptz(3),
  UNIQUE (letter_id, channel),
  UNIQUE (notice_id, channel),
  -- People get letters, machines get each notice.
  CHECK ((channel = 'webhook') = (notice_id IS NOT NULL) AND (channel = 'webhook') = (letter_id IS NULL)),
  CHECK ((status IN ('sent', 'bounced')) = (sent_at IS NOT NULL))
);
CREATE INDEX dispatch_status_next_attempt_at_idx ON dispatch (status, next_attempt_at);

-- What was sent before stays known, as the letter of its day; what waits is gathered into the next one.
INSERT INTO letter (id, firm_code, day, status, written_at)
  SELECT 'letter_' || md5(message.firm_code || (mail.queued_at AT TIME ZONE 'Asia/Shanghai')::date), message.firm_code,
    (mail.queued_at AT TIME ZONE 'Asia/Shanghai')::date,
    CASE WHEN bool_or(mail.status = 'sent') THEN 'delivered' ELSE 'undeliverable' END, min(mail.queued_at)
  FROM outgoing_mail mail JOIN inbox_message message ON message.id = mail.id
  WHERE mail.status <> 'queued' GROUP BY message.firm_code, (mail.queued_at AT TIME ZONE 'Asia/Shanghai')::date;
UPDATE inbox_message message SET outbound = 'letter', letter_id = letter.id
  FROM outgoing_mail mail, letter
  WHERE mail.id = message.id AND mail.status <> 'queued' AND letter.firm_code = message.firm_code
    AND letter.day = (mail.queued_at AT TIME ZONE 'Asia/Shanghai')::date;
UPDATE inbox_message message SET outbound = 'waiting' FROM outgoing_mail mail
  WHERE mail.id = message.id AND mail.status = 'queued';
INSERT INTO dispatch (id, channel, firm_code, letter_id, recipient, subject, body, status, attempts, next_attempt_at,
    last_error, queued_at, sent_at)
  SELECT 'dispatch_' || md5(letter.id), 'email', letter.firm_code, letter.id, min(mail.recipient), min(mail.subject),
    string_agg(mail.body, E'\n\n' ORDER BY mail.queued_at, mail.id),
    CASE letter.status WHEN 'delivered' THEN 'sent' ELSE 'dead' END, max(mail.attempts), max(mail.next_attempt_at),
    max(mail.last_error), min(mail.queued_at), CASE letter.status WHEN 'delivered' THEN max(mail.sent_at) END
  FROM letter JOIN inbox_message message ON message.letter_id = letter.id
  JOIN outgoing_mail mail ON mail.id = message.id GROUP BY letter.id;
DROP TABLE outgoing_mail;
ALTER TABLE inbox_message
  ADD FOREIGN KEY (letter_id) REFERENCES letter,
  ADD CHECK ((outbound = 'letter') = (letter_id IS NOT NULL));
CREATE INDEX inbox_message_waiting_idx ON inbox_message (firm_code) WHERE outbound = 'waiting';
CREATE INDEX inbox_message_letter_id_idx ON inbox_message (letter_id);

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('letter', '', 'sending'),
  ('letter', 'sending', 'delivered'),
  ('letter', 'sending', 'undeliverable'),
  ('letter', 'delivered', 'sending'),       -- it came back, and goes by the next way
  ('letter', 'delivered', 'undeliverable'),
  ('dispatch', '', 'queued'),
  ('dispatch', 'queued', 'sent'),
  ('dispatch', 'queued', 'dead'),
  ('dispatch', 'sent', 'bounced');
CREATE TRIGGER letter_transition BEFORE INSERT OR UPDATE ON letter
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('letter');
CREATE TRIGGER letter_no_delete BEFORE DELETE ON letter FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER letter_no_truncate BEFORE TRUNCATE ON letter FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispatch_transition BEFORE INSERT OR UPDATE ON dispatch
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('dispatch');
CREATE TRIGGER dispatch_no_delete BEFORE DELETE ON dispatch FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispatch_no_truncate BEFORE TRUNCATE ON dispatch FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The delivery log: every attempt by every channel, and what came of it.
CREATE TABLE dispatch_attempt (
  dispatch_id text NOT NULL REFERENCES dispatch,
  nth         integer NOT NULL CHECK (nth >= 1),
  result      text NOT NULL CHECK (result IN ('taken', 'failed', 'refused', 'bounced')),
  error       text,
  at          timestamptz(3) NOT NULL,
  PRIMARY KEY (dispatch_id, nth),
  CHECK ((result = 'taken') = (error IS NULL))
);
CREATE TRIGGER dispatch_attempt_append_only BEFORE UPDATE OR DELETE ON dispatch_attempt
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispatch_attempt_no_truncate BEFORE TRUNCATE ON dispatch_attempt
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A mail that was taken and came back later proves nothing; what was believed until then stays written.
CREATE TABLE withdrawn_proof (
  evidence text PRIMARY KEY, -- id of the dispatch
  at       timestamptz(3) NOT NULL
);
CREATE TRIGGER withdrawn_proof_append_only BEFORE UPDATE OR DELETE ON withdrawn_proof
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER withdrawn_proof_no_truncate BEFORE TRUNCATE ON withdrawn_proof
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE OR REPLACE FUNCTION refuse_lapse_unseen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'lapsed' AND OLD.status <> 'lapsed' AND NOT EXISTS (
    SELECT FROM notice_proof proof WHERE entitlement_id = NEW.id AND offered_at = NEW.offered_at
      AND at <= NEW.confirm_before - interval '5 days'
      AND NOT EXISTS (SELECT FROM withdrawn_proof WHERE evidence = proof.evidence)
  ) THEN
    RAISE EXCEPTION 'entitlement % cannot lapse: nothing proves that its firm knew in time', NEW.id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- How a firm wants to be told. What must be told has no topic here, so it cannot be turned off.
CREATE TABLE notice_setting (
  firm_code             text PRIMARY KEY REFERENCES firm,
  language              text NOT NULL CHECK (language IN ('zh', 'en')),
  muted                 jsonb NOT NULL CHECK (muted <@ '["reminders", "progress"]'::jsonb),
  webhook_url           text,
  webhook_secret        text,
  webhook_secret_before text,
  nth                   integer NOT NULL CHECK (nth >= 1), -- how often it was changed
  changed_by            text NOT NULL,
  changed_at            timestamptz(3) NOT NULL,
  CHECK ((webhook_url IS NULL) = (webhook_secret IS NULL)),
  CHECK (webhook_secret_before IS NULL OR webhook_secret IS NOT NULL)
);
