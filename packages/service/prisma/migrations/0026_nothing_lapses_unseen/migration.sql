-- Nothing lapses unseen: what each notice is about, what proves that the firm knew, and whom a person has to call.

ALTER TABLE firm ADD COLUMN phone text CHECK (phone ~ '^[0-9][0-9-]{4,19}$');

CREATE TABLE notice_about (
  notice_id      text NOT NULL REFERENCES inbox_message,
  entitlement_id text NOT NULL REFERENCES entitlement,
  PRIMARY KEY (notice_id, entitlement_id)
);
CREATE INDEX notice_about_entitlement_id_idx ON notice_about (entitlement_id);
INSERT INTO notice_about SELECT id, entitlement_id FROM inbox_message WHERE entitlement_id IS NOT NULL;
-- A message about a night's offers was written at the instant of those offers, and named none of them.
INSERT INTO notice_about
  SELECT message.id, owed.id FROM inbox_message message
  JOIN entitlement owed ON owed.firm_code = message.firm_code AND owed.offered_at = message.created_at
  WHERE message.kind = 'offer' ON CONFLICT DO NOTHING;

-- One row per occasion on which a firm came to know of one offering; what is offered anew needs new proof.
CREATE TABLE notice_proof (
  entitlement_id text NOT NULL REFERENCES entitlement,
  offered_at     timestamptz(3) NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('delivered', 'read', 'opened', 'reached', 'visited', 'announced')),
  evidence       text NOT NULL,
  at             timestamptz(3) NOT NULL CHECK (at >= offered_at),
  PRIMARY KEY (entitlement_id, offered_at, kind, evidence)
);
CREATE TRIGGER notice_proof_append_only BEFORE UPDATE OR DELETE ON notice_proof
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notice_proof_no_truncate BEFORE TRUNCATE ON notice_proof
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
INSERT INTO notice_proof
  SELECT owed.id, owed.offered_at, 'delivered', min(mail.id), min(mail.sent_at)
  FROM notice_about about JOIN outgoing_mail mail ON mail.id = about.notice_id AND mail.status = 'sent'
  JOIN entitlement owed ON owed.id = about.entitlement_id AND mail.queued_at >= owed.offered_at
  GROUP BY owed.id, owed.offered_at;
INSERT INTO notice_proof
  SELECT owed.id, owed.offered_at, 'read', min(message.id), min(message.read_at)
  FROM notice_about about JOIN inbox_message message ON message.id = about.notice_id AND message.read_at IS NOT NULL
  JOIN entitlement owed ON owed.id = about.entitlement_id AND message.created_at >= owed.offered_at
  GROUP BY owed.id, owed.offered_at;

-- The five days are PROOF_DAYS of notice/proof.ts; a test holds the two together.
CREATE FUNCTION refuse_lapse_unseen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'lapsed' AND OLD.status <> 'lapsed' AND NOT EXISTS (
    SELECT FROM notice_proof WHERE entitlement_id = NEW.id AND offered_at = NEW.offered_at
      AND at <= NEW.confirm_before - interval '5 days'
  ) THEN
    RAISE EXCEPTION 'entitlement % cannot lapse: nothing proves that its firm knew in time', NEW.id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entitlement_lapses_seen BEFORE UPDATE ON entitlement
  FOR EACH ROW EXECUTE FUNCTION refuse_lapse_unseen();
CREATE INDEX entitlement_confirm_before_idx ON entitlement (confirm_before) WHERE status = 'offered';

-- A firm that no channel reached, or whose offer runs out without proof: a person calls.
CREATE TABLE firm_call (
  id        text PRIMARY KEY,
  firm_code text NOT NULL REFERENCES firm,
  reason    text NOT NULL CHECK (reason IN ('unproved', 'undeliverable')),
  status    text NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  closed_by text,
  closed_at timestamptz(3),
  CHECK ((closed_by IS NULL) = (closed_at IS NULL)),
  CHECK ((closed_by IS NULL) = (status = 'open'))
);
CREATE UNIQUE INDEX firm_call_one_open ON firm_call (firm_code) WHERE status = 'open';
CREATE INDEX firm_call_status_idx ON firm_call (status, opened_at);

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('firm-call', '', 'open'),
  ('firm-call', 'open', 'closed');
CREATE TRIGGER firm_call_transition BEFORE INSERT OR UPDATE ON firm_call
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('firm-call');
CREATE TRIGGER firm_call_no_delete BEFORE DELETE ON firm_call FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER firm_call_no_truncate BEFORE TRUNCATE ON firm_call FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE call_attempt (
  id      text PRIMARY KEY,
  call_id text NOT NULL REFERENCES firm_call,
  outcome text NOT NULL CHECK (outcome IN ('reached', 'visited', 'announced', 'no-answer', 'wrong-number')),
  note    text NOT NULL CHECK (length(note) <= 1000),
  actor   text NOT NULL,
  at      timestamptz(3) NOT NULL
);
CREATE INDEX call_attempt_call_id_idx ON call_attempt (call_id);
CREATE TRIGGER call_attempt_append_only BEFORE UPDATE OR DELETE ON call_attempt
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER call_attempt_no_truncate BEFORE TRUNCATE ON call_attempt
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
