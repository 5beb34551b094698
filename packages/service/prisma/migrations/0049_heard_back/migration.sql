-- What a gateway reports of text messages it took: each report once; what names no message of ours is set aside.
CREATE TABLE sms_report (
  dispatch_id text NOT NULL,
  status      text NOT NULL CHECK (status IN ('delivered', 'failed')),
  is_known    boolean NOT NULL,
  reason      text CHECK (length(reason) <= 500),
  received_at timestamptz(3) NOT NULL,
  PRIMARY KEY (dispatch_id, status)
);
CREATE TRIGGER sms_report_append_only BEFORE UPDATE OR DELETE ON sms_report
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sms_report_no_truncate BEFORE TRUNCATE ON sms_report
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Where a firm wants to be told, by its own word; used once it is verified.
CREATE TABLE firm_contact (
  firm_code   text NOT NULL REFERENCES firm,
  kind        text NOT NULL CHECK (kind IN ('email', 'phone')),
  value       text NOT NULL CONSTRAINT firm_contact_sealed CHECK (value LIKE 'sealed:%'),
  set_by      text NOT NULL,
  set_at      timestamptz(3) NOT NULL,
  verified_at timestamptz(3) CHECK (verified_at >= set_at),
  PRIMARY KEY (firm_code, kind)
);

-- What firms and the public say of a policy (建言), owed an answer by the department within working days.
CREATE TABLE policy_comment (
  id           text PRIMARY KEY,
  policy_id    text NOT NULL,
  firm_code    text REFERENCES firm,
  words        text NOT NULL CHECK (length(words) BETWEEN 1 AND 1000),
  status       text NOT NULL,
  opened_by    text NOT NULL,
  opened_at    timestamptz(3) NOT NULL,
  answer_by    date NOT NULL,
  closed_by    text,
  closed_at    timestamptz(3),
  answer       text CHECK (length(answer) BETWEEN 1 AND 2000),
  is_published boolean NOT NULL DEFAULT false,
  -- Nobody asks for the name of who is not signed in.
  CHECK ((firm_code IS NULL) = (opened_by = 'public')),
  CHECK ((closed_by IS NULL) = (closed_at IS NULL)),
  CHECK ((closed_by IS NULL) = (status = 'open')),
  -- Also what is not published is closed with a reason.
  CHECK ((status = 'open') = (answer IS NULL)),
  CHECK (NOT is_published OR status = 'answered')
);
CREATE INDEX policy_comment_status_idx ON policy_comment (status, answer_by);
CREATE INDEX policy_comment_policy_id_idx ON policy_comment (policy_id, closed_at) WHERE is_published;
CREATE INDEX policy_comment_firm_code_idx ON policy_comment (firm_code);

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('policy-comment', '', 'open'),
  ('policy-comment', 'open', 'answered'),
  ('policy-comment', 'open', 'set-aside');
CREATE TRIGGER policy_comment_transition BEFORE INSERT OR UPDATE ON policy_comment
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('policy-comment');
CREATE TRIGGER policy_comment_no_delete BEFORE DELETE ON policy_comment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policy_comment_no_truncate BEFORE TRUNCATE ON policy_comment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_changed_comment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'open' OR (NEW.id, NEW.policy_id, NEW.firm_code, NEW.words, NEW.opened_by, NEW.opened_at, NEW.answer_by)
     IS DISTINCT FROM (OLD.id, OLD.policy_id, OLD.firm_code, OLD.words, OLD.opened_by, OLD.opened_at, OLD.answer_by)
  THEN
    RAISE EXCEPTION 'comment % is kept as it was written, and answered once', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER policy_comment_terms BEFORE UPDATE ON policy_comment
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_comment();
