-- The first house: every table, and beside each the states and sums that must never exist.
-- Shapes repeat schema.prisma (a test compares them); the rest only SQL can promise.

-- ---------------------------------------------------------------- firms and people

CREATE TABLE firm (
  code        text PRIMARY KEY CHECK (code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  name        text NOT NULL CHECK (name <> ''),
  region_code text NOT NULL CHECK (region_code ~ '^[0-9]{6}$'),
  email       text,
  created_at  timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE bank_account (
  id          text PRIMARY KEY,
  firm_code   text NOT NULL REFERENCES firm,
  holder_name text NOT NULL CHECK (holder_name <> ''),
  account_no  text NOT NULL CHECK (account_no ~ '^[0-9]{8,30}$'),
  bank_name   text NOT NULL,
  bank_code   text NOT NULL CHECK (bank_code ~ '^[0-9]{12}$'),
  source      text NOT NULL,
  status      text NOT NULL CHECK (status IN ('active', 'superseded')),
  created_at  timestamptz(3) NOT NULL
);
CREATE INDEX bank_account_firm_code_idx ON bank_account (firm_code);
CREATE UNIQUE INDEX bank_account_one_active ON bank_account (firm_code) WHERE status = 'active';

CREATE TABLE account (
  id            text PRIMARY KEY,
  login         text NOT NULL UNIQUE,
  role          text NOT NULL CHECK (role IN ('enterprise', 'author', 'finance-maker', 'finance-checker', 'auditor', 'operator')),
  display_name  text NOT NULL,
  firm_code     text REFERENCES firm,
  password_hash text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  CHECK ((role = 'enterprise') = (firm_code IS NOT NULL))
);

CREATE TABLE session (
  token_hash text PRIMARY KEY,
  account_id text NOT NULL REFERENCES account,
  csrf_token text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL CHECK (expires_at > created_at)
);

-- ---------------------------------------------------------------- facts

CREATE TABLE delivery (
  id          text PRIMARY KEY,
  source_id   text NOT NULL,
  file_name   text NOT NULL,
  sha256      text NOT NULL,
  as_of       date NOT NULL,
  obtained_at timestamptz(3) NOT NULL,
  rows_good   integer NOT NULL CHECK (rows_good >= 0),
  rows_bad    integer NOT NULL CHECK (rows_bad >= 0),
  imported_by text NOT NULL,
  UNIQUE (source_id, sha256)
);

CREATE TABLE delivery_issue (
  id          text PRIMARY KEY,
  delivery_id text NOT NULL REFERENCES delivery,
  line        integer NOT NULL CHECK (line >= 1),
  field       text,
  reason      text NOT NULL
);
CREATE INDEX delivery_issue_delivery_id_idx ON delivery_issue (delivery_id);

CREATE TABLE fact (
  id          text PRIMARY KEY,
  firm_code   text NOT NULL,
  fact_id     text NOT NULL,
  value       jsonb NOT NULL,
  source_id   text NOT NULL,
  delivery_id text NOT NULL REFERENCES delivery,
  as_of       date NOT NULL,
  obtained_at timestamptz(3) NOT NULL,
  UNIQUE (delivery_id, firm_code, fact_id)
);
CREATE INDEX fact_firm_code_fact_id_idx ON fact (firm_code, fact_id);

-- ---------------------------------------------------------------- policies, matching, decisions

CREATE TABLE policy_version (
  id           text PRIMARY KEY,
  policy_id    text NOT NULL,
  version      integer NOT NULL CHECK (version >= 1),
  title        text NOT NULL,
  sha256       text NOT NULL,
  document     jsonb NOT NULL,
  source       text NOT NULL,
  budget_line  text NOT NULL,
  valid_from   date NOT NULL,
  valid_to     date CHECK (valid_to IS NULL OR valid_to >= valid_from),
  published_by text NOT NULL,
  approved_by  text NOT NULL CHECK (approved_by <> published_by),
  published_at timestamptz(3) NOT NULL,
  UNIQUE (policy_id, version)
);

CREATE TABLE match_run (
  id           text PRIMARY KEY,
  slot         text NOT NULL UNIQUE,
  as_of        date NOT NULL,
  started_at   timestamptz(3) NOT NULL,
  finished_at  timestamptz(3),
  eligible     integer NOT NULL DEFAULT 0 CHECK (eligible >= 0),
  ineligible   integer NOT NULL DEFAULT 0 CHECK (ineligible >= 0),
  undetermined integer NOT NULL DEFAULT 0 CHECK (undetermined >= 0),
  recorded     integer NOT NULL DEFAULT 0 CHECK (recorded >= 0)
);

CREATE TABLE decision (
  id                text PRIMARY KEY,
  firm_code         text NOT NULL REFERENCES firm,
  policy_id         text NOT NULL,
  policy_version_id text NOT NULL REFERENCES policy_version,
  run_id            text NOT NULL REFERENCES match_run,
  period            text NOT NULL,
  as_of             date NOT NULL,
  outcome           text NOT NULL CHECK (outcome IN ('eligible', 'ineligible', 'undetermined')),
  amount            jsonb NOT NULL CHECK (amount->>'kind' IN ('exact', 'range', 'unknown', 'none')),
  missing           jsonb NOT NULL,
  facts             jsonb NOT NULL,
  trace             jsonb NOT NULL,
  input_sha256      text NOT NULL,
  result_sha256     text NOT NULL,
  engine            text NOT NULL,
  decided_at        timestamptz(3) NOT NULL,
  UNIQUE (firm_code, policy_version_id, period, input_sha256),
  CHECK (outcome <> 'undetermined' OR jsonb_array_length(missing) > 0)
);
CREATE INDEX decision_policy_id_outcome_idx ON decision (policy_id, outcome);
CREATE INDEX decision_firm_code_idx ON decision (firm_code);

-- ---------------------------------------------------------------- offer, consent, notice

CREATE TABLE consent (
  id             text PRIMARY KEY,
  receipt_no     text NOT NULL UNIQUE,
  firm_code      text NOT NULL REFERENCES firm,
  actor          text NOT NULL,
  request_key    text NOT NULL,
  request_sha256 text NOT NULL,
  lines          jsonb NOT NULL,
  total_fen      bigint NOT NULL CHECK (total_fen >= 0),
  at             timestamptz(3) NOT NULL,
  UNIQUE (firm_code, request_key)
);

CREATE TABLE entitlement (
  id                text PRIMARY KEY,
  firm_code         text NOT NULL REFERENCES firm,
  policy_id         text NOT NULL,
  policy_version_id text NOT NULL REFERENCES policy_version,
  period            text NOT NULL,
  decision_id       text NOT NULL REFERENCES decision,
  budget_line       text NOT NULL,
  amount_fen        bigint NOT NULL CHECK (amount_fen > 0),
  status            text NOT NULL,
  offered_at        timestamptz(3) NOT NULL,
  confirm_before    timestamptz(3) NOT NULL CHECK (confirm_before > offered_at),
  consent_id        text REFERENCES consent,
  confirmed_at      timestamptz(3),
  bank_account_id   text REFERENCES bank_account,
  closed_at         timestamptz(3),
  closed_reason     text,
  paid_at           timestamptz(3),
  received_at       timestamptz(3),
  reminders_sent    integer NOT NULL DEFAULT 0 CHECK (reminders_sent BETWEEN 0 AND 10),
  row_version       integer NOT NULL DEFAULT 1,
  UNIQUE (firm_code, policy_id, period),
  -- Each state holds what it knows, and nothing that it cannot know.
  CHECK (status NOT IN ('confirmed', 'waitlisted', 'paid', 'received')
         OR (consent_id IS NOT NULL AND confirmed_at IS NOT NULL AND bank_account_id IS NOT NULL)),
  CHECK ((status IN ('declined', 'lapsed', 'withdrawn')) = (closed_at IS NOT NULL)),
  CHECK ((status IN ('paid', 'received')) = (paid_at IS NOT NULL)),
  CHECK ((status = 'received') = (received_at IS NOT NULL)),
  CHECK (confirmed_at IS NULL OR confirmed_at < confirm_before)
);
CREATE INDEX entitlement_status_idx ON entitlement (status);

CREATE TABLE inbox_message (
  id             text PRIMARY KEY,
  firm_code      text NOT NULL REFERENCES firm,
  kind           text NOT NULL,
  entitlement_id text,
  subject        text NOT NULL,
  body           text NOT NULL,
  created_at     timestamptz(3) NOT NULL,
  read_at        timestamptz(3)
);
CREATE INDEX inbox_message_firm_code_idx ON inbox_message (firm_code);

CREATE TABLE outgoing_mail (
  id              text PRIMARY KEY,
  message_id      text NOT NULL UNIQUE,
  recipient       text NOT NULL,
  subject         text NOT NULL,
  body            text NOT NULL,
  status          text NOT NULL CHECK (status IN ('queued', 'sent', 'dead')),
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt_at timestamptz(3) NOT NULL,
  last_error      text,
  queued_at       timestamptz(3) NOT NULL,
  sent_at         timestamptz(3),
  CHECK ((status = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX outgoing_mail_status_next_attempt_at_idx ON outgoing_mail (status, next_attempt_at);

-- ---------------------------------------------------------------- budget: double entry

CREATE TABLE budget_line (
  id               text PRIMARY KEY,
  title            text NOT NULL,
  year             integer NOT NULL,
  appropriated_fen bigint NOT NULL CHECK (appropriated_fen >= 0),
  available_fen    bigint NOT NULL CHECK (available_fen >= 0),
  reserved_fen     bigint NOT NULL CHECK (reserved_fen >= 0),
  in_transit_fen   bigint NOT NULL CHECK (in_transit_fen >= 0),
  paid_fen         bigint NOT NULL CHECK (paid_fen >= 0),
  CHECK (available_fen + reserved_fen + in_transit_fen + paid_fen = appropriated_fen)
);

CREATE TABLE posting (
  id           text PRIMARY KEY,
  budget_line  text NOT NULL REFERENCES budget_line,
  business_key text NOT NULL,
  bucket       text NOT NULL CHECK (bucket IN ('source', 'available', 'reserved', 'in-transit', 'paid')),
  amount_fen   bigint NOT NULL CHECK (amount_fen <> 0),
  at           timestamptz(3) NOT NULL,
  UNIQUE (business_key, bucket)
);

-- ---------------------------------------------------------------- payment

CREATE TABLE payment_batch (
  id          text PRIMARY KEY,
  message_id  text NOT NULL UNIQUE CHECK (length(message_id) <= 35),
  status      text NOT NULL,
  maker       text NOT NULL,
  checker     text CHECK (checker <> maker),
  count       integer NOT NULL CHECK (count > 0),
  total_fen   bigint NOT NULL CHECK (total_fen > 0),
  sha256      text NOT NULL,
  file        text NOT NULL,
  drafted_at  timestamptz(3) NOT NULL,
  approved_at timestamptz(3),
  sent_at     timestamptz(3),
  closed_at   timestamptz(3),
  CHECK (status IN ('drafted', 'cancelled') OR (checker IS NOT NULL AND approved_at IS NOT NULL)),
  CHECK (status NOT IN ('sent', 'closed') OR sent_at IS NOT NULL)
);
CREATE INDEX payment_batch_status_idx ON payment_batch (status);

CREATE TABLE payment (
  id              text PRIMARY KEY,
  entitlement_id  text NOT NULL REFERENCES entitlement,
  attempt         integer NOT NULL CHECK (attempt >= 1),
  end_to_end_id   text NOT NULL UNIQUE CHECK (length(end_to_end_id) <= 35),
  budget_line     text NOT NULL REFERENCES budget_line,
  amount_fen      bigint NOT NULL CHECK (amount_fen > 0),
  bank_account_id text NOT NULL REFERENCES bank_account,
  holder_name     text NOT NULL,
  account_no      text NOT NULL,
  bank_code       text NOT NULL,
  status          text NOT NULL,
  batch_id        text REFERENCES payment_batch,
  reason_code     text,
  reason          text,
  created_at      timestamptz(3) NOT NULL,
  settled_on      date,
  row_version     integer NOT NULL DEFAULT 1,
  UNIQUE (entitlement_id, attempt),
  CHECK ((status = 'reserved') = (batch_id IS NULL)),
  CHECK (status NOT IN ('rejected', 'returned') OR reason_code IS NOT NULL)
);
CREATE INDEX payment_status_idx ON payment (status);
-- Nobody is paid twice: at most one attempt per entitlement may be alive or have succeeded.
CREATE UNIQUE INDEX payment_one_live ON payment (entitlement_id)
  WHERE status IN ('reserved', 'batched', 'submitted', 'accepted', 'settled');

CREATE TABLE bank_file (
  id          text PRIMARY KEY,
  kind        text NOT NULL CHECK (kind IN ('pain.002', 'camt.053')),
  sha256      text NOT NULL UNIQUE,
  content     text NOT NULL,
  received_at timestamptz(3) NOT NULL
);

CREATE TABLE statement_line (
  id            text PRIMARY KEY,
  bank_file_id  text NOT NULL REFERENCES bank_file,
  reference     text NOT NULL UNIQUE,
  end_to_end_id text,
  direction     text NOT NULL CHECK (direction IN ('debit', 'credit')),
  amount_fen    bigint NOT NULL CHECK (amount_fen > 0),
  booked_on     date NOT NULL,
  reason_code   text,
  result        text NOT NULL CHECK (result IN ('settled', 'returned', 'suspense')),
  note          text,
  CHECK (result = 'suspense' OR end_to_end_id IS NOT NULL)
);

CREATE TABLE disclosure (
  id             text PRIMARY KEY,
  entitlement_id text NOT NULL UNIQUE REFERENCES entitlement,
  policy_id      text NOT NULL,
  policy_title   text NOT NULL,
  masked_name    text NOT NULL,
  masked_code    text NOT NULL,
  region_code    text NOT NULL,
  amount_fen     bigint NOT NULL CHECK (amount_fen > 0),
  paid_on        date NOT NULL,
  published_at   timestamptz(3) NOT NULL
);

-- ---------------------------------------------------------------- journal and jobs

CREATE TABLE journal_event (
  seq     bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  id      text NOT NULL UNIQUE,
  type    text NOT NULL,
  subject text NOT NULL,
  actor   text NOT NULL,
  at      timestamptz(3) NOT NULL,
  payload jsonb NOT NULL
);
CREATE INDEX journal_event_subject_idx ON journal_event (subject);
CREATE INDEX journal_event_type_idx ON journal_event (type);

CREATE TABLE seal (
  index     bigint PRIMARY KEY CHECK (index >= 1),
  event_seq bigint NOT NULL UNIQUE REFERENCES journal_event,
  prev_hash text NOT NULL CHECK (prev_hash ~ '^[0-9a-f]{64}$'),
  hash      text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
  sealed_at timestamptz(3) NOT NULL
);

CREATE TABLE flow_step (
  event_seq bigint NOT NULL REFERENCES journal_event,
  step      text NOT NULL,
  status    text NOT NULL CHECK (status IN ('done', 'failed')),
  attempts  integer NOT NULL DEFAULT 1 CHECK (attempts >= 1),
  error     text,
  at        timestamptz(3) NOT NULL,
  PRIMARY KEY (event_seq, step)
);

CREATE TABLE job_run (
  job         text NOT NULL,
  slot        text NOT NULL,
  started_at  timestamptz(3) NOT NULL,
  lease_until timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  outcome     text,
  PRIMARY KEY (job, slot)
);

CREATE TABLE setting (
  key   text PRIMARY KEY,
  value jsonb NOT NULL
);

-- ---------------------------------------------------------------- what may follow what

-- The legal transitions, as data: an auditor can read them with one SELECT.
CREATE TABLE legal_transition (
  entity     text NOT NULL,
  from_state text NOT NULL, -- '' = how a row may be born
  to_state   text NOT NULL,
  PRIMARY KEY (entity, from_state, to_state)
);

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('entitlement', '', 'offered'),
  ('entitlement', 'offered', 'confirmed'),
  ('entitlement', 'offered', 'waitlisted'),
  ('entitlement', 'offered', 'declined'),
  ('entitlement', 'offered', 'lapsed'),
  ('entitlement', 'offered', 'withdrawn'),
  ('entitlement', 'declined', 'offered'),     -- changed their mind before the deadline
  ('entitlement', 'withdrawn', 'offered'),    -- eligible again
  ('entitlement', 'waitlisted', 'confirmed'), -- the fund was topped up
  ('entitlement', 'waitlisted', 'withdrawn'),
  ('entitlement', 'confirmed', 'withdrawn'),
  ('entitlement', 'confirmed', 'paid'),
  ('entitlement', 'paid', 'confirmed'),       -- returned by the bank after booking
  ('entitlement', 'paid', 'received'),
  ('payment', '', 'reserved'),
  ('payment', 'reserved', 'batched'),
  ('payment', 'batched', 'reserved'),         -- the batch was cancelled before it was sent
  ('payment', 'batched', 'submitted'),
  ('payment', 'submitted', 'accepted'),
  ('payment', 'submitted', 'rejected'),
  ('payment', 'submitted', 'settled'),        -- statement before status report
  ('payment', 'submitted', 'returned'),
  ('payment', 'accepted', 'settled'),
  ('payment', 'accepted', 'rejected'),
  ('payment', 'accepted', 'returned'),
  ('payment', 'settled', 'returned'),
  ('batch', '', 'drafted'),
  ('batch', 'drafted', 'approved'),
  ('batch', 'drafted', 'cancelled'),
  ('batch', 'approved', 'sending'),
  ('batch', 'sending', 'sent'),
  ('batch', 'sent', 'closed');

CREATE FUNCTION refuse_illegal_transition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  previous text := CASE WHEN TG_OP = 'INSERT' THEN '' ELSE OLD.status END;
BEGIN
  IF (TG_OP = 'INSERT' OR previous <> NEW.status) AND NOT EXISTS (
    SELECT 1 FROM legal_transition
    WHERE entity = TG_ARGV[0] AND from_state = previous AND to_state = NEW.status
  ) THEN
    RAISE EXCEPTION 'illegal transition: % % from "%" to "%"', TG_ARGV[0], NEW.id, previous, NEW.status
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER entitlement_transition BEFORE INSERT OR UPDATE ON entitlement
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('entitlement');
CREATE TRIGGER payment_transition BEFORE INSERT OR UPDATE ON payment
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('payment');
CREATE TRIGGER batch_transition BEFORE INSERT OR UPDATE ON payment_batch
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('batch');

-- ---------------------------------------------------------------- what is written stays written

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'check_violation';
END $$;

DO $$
DECLARE
  protected text;
BEGIN
  FOREACH protected IN ARRAY ARRAY['journal_event', 'seal', 'posting', 'decision', 'policy_version', 'fact',
    'delivery', 'delivery_issue', 'consent', 'bank_file', 'statement_line', 'disclosure', 'legal_transition']
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      protected || '_append_only', protected);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      protected || '_no_truncate', protected);
  END LOOP;
END $$;

-- Rows that live through states are never deleted either.
CREATE TRIGGER entitlement_no_delete BEFORE DELETE ON entitlement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER batch_no_delete BEFORE DELETE ON payment_batch FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER budget_line_no_delete BEFORE DELETE ON budget_line FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What was approved is what is sent; what was decided is what is paid.
CREATE FUNCTION refuse_changed_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'payment_batch' THEN
    IF (NEW.id, NEW.message_id, NEW.maker, NEW.count, NEW.total_fen, NEW.sha256, NEW.file)
       IS DISTINCT FROM (OLD.id, OLD.message_id, OLD.maker, OLD.count, OLD.total_fen, OLD.sha256, OLD.file)
       OR (OLD.checker IS NOT NULL AND NEW.checker IS DISTINCT FROM OLD.checker) THEN
      RAISE EXCEPTION 'payment batch % is fixed once drafted', OLD.id USING ERRCODE = 'check_violation';
    END IF;
  ELSIF TG_TABLE_NAME = 'payment' THEN
    IF (NEW.id, NEW.entitlement_id, NEW.attempt, NEW.end_to_end_id, NEW.budget_line, NEW.amount_fen,
        NEW.bank_account_id, NEW.holder_name, NEW.account_no, NEW.bank_code)
       IS DISTINCT FROM (OLD.id, OLD.entitlement_id, OLD.attempt, OLD.end_to_end_id, OLD.budget_line, OLD.amount_fen,
        OLD.bank_account_id, OLD.holder_name, OLD.account_no, OLD.bank_code) THEN
      RAISE EXCEPTION 'the terms of payment % are fixed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
  ELSE
    IF (NEW.firm_code, NEW.policy_id, NEW.period) IS DISTINCT FROM (OLD.firm_code, OLD.policy_id, OLD.period)
       OR (OLD.status NOT IN ('offered', 'declined', 'withdrawn') AND NEW.amount_fen <> OLD.amount_fen) THEN
      RAISE EXCEPTION 'the terms of entitlement % are fixed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER payment_batch_terms BEFORE UPDATE ON payment_batch FOR EACH ROW EXECUTE FUNCTION refuse_changed_terms();
CREATE TRIGGER payment_terms BEFORE UPDATE ON payment FOR EACH ROW EXECUTE FUNCTION refuse_changed_terms();
CREATE TRIGGER entitlement_terms BEFORE UPDATE ON entitlement FOR EACH ROW EXECUTE FUNCTION refuse_changed_terms();

-- A payment carries exactly the amount of its entitlement, and only a confirmed one is paid.
CREATE FUNCTION refuse_payment_unlike_entitlement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owed entitlement%ROWTYPE;
BEGIN
  SELECT * INTO owed FROM entitlement WHERE id = NEW.entitlement_id;
  IF owed.status <> 'confirmed' OR owed.amount_fen <> NEW.amount_fen OR owed.budget_line <> NEW.budget_line THEN
    RAISE EXCEPTION 'payment % does not match its entitlement (%)', NEW.id, owed.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_like_entitlement BEFORE INSERT ON payment
  FOR EACH ROW EXECUTE FUNCTION refuse_payment_unlike_entitlement();

-- ---------------------------------------------------------------- the books

-- Balances move only by postings, and only by postings that balance: each INSERT statement must
-- bring sums of zero per business key, and it carries the balances along in the same breath.
-- The CHECKs of budget_line then refuse any balance below zero, so no race can overspend a fund.
CREATE FUNCTION post_to_budget_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unbalanced text;
BEGIN
  SELECT business_key INTO unbalanced FROM added GROUP BY business_key HAVING sum(amount_fen) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'postings of "%" do not sum to zero', unbalanced USING ERRCODE = 'check_violation';
  END IF;
  UPDATE budget_line AS line SET
    appropriated_fen = line.appropriated_fen - moved.source,
    available_fen    = line.available_fen + moved.available,
    reserved_fen     = line.reserved_fen + moved.reserved,
    in_transit_fen   = line.in_transit_fen + moved.in_transit,
    paid_fen         = line.paid_fen + moved.paid
  FROM (
    SELECT budget_line AS id,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'source'), 0) AS source,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'available'), 0) AS available,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'reserved'), 0) AS reserved,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'in-transit'), 0) AS in_transit,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'paid'), 0) AS paid
    FROM added GROUP BY budget_line
  ) AS moved WHERE line.id = moved.id;
  RETURN NULL;
END $$;
CREATE TRIGGER posting_moves_balances AFTER INSERT ON posting REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION post_to_budget_lines();

CREATE FUNCTION refuse_balance_without_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF (NEW.appropriated_fen, NEW.available_fen, NEW.reserved_fen, NEW.in_transit_fen, NEW.paid_fen) <> (0, 0, 0, 0, 0) THEN
      RAISE EXCEPTION 'budget line % must start empty and be funded by a posting', NEW.id USING ERRCODE = 'check_violation';
    END IF;
  ELSIF pg_trigger_depth() < 2 AND
    (NEW.appropriated_fen, NEW.available_fen, NEW.reserved_fen, NEW.in_transit_fen, NEW.paid_fen) IS DISTINCT FROM
    (OLD.appropriated_fen, OLD.available_fen, OLD.reserved_fen, OLD.in_transit_fen, OLD.paid_fen) THEN
    RAISE EXCEPTION 'balances of budget line % move only by postings', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER budget_line_by_posting BEFORE INSERT OR UPDATE ON budget_line
  FOR EACH ROW EXECUTE FUNCTION refuse_balance_without_posting();
