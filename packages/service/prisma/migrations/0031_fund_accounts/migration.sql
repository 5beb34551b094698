-- Every place where money of a fund can be has an account of its own, and payment can be stopped.

-- ---------------------------------------------------------------- the line of the budget

-- 指标: whose money it is, under which code the treasury knows it, and which office answers for it now.
ALTER TABLE budget_line
  ADD COLUMN level text CHECK (level IN ('central', 'provincial', 'municipal', 'district')),
  ADD COLUMN code text CHECK (code <> ''),
  ADD COLUMN department text CHECK (department <> ''),
  ADD COLUMN committed_fen bigint NOT NULL DEFAULT 0 CHECK (committed_fen >= 0),
  ADD COLUMN returned_fen bigint NOT NULL DEFAULT 0 CHECK (returned_fen >= 0),
  ADD COLUMN carried_fen bigint NOT NULL DEFAULT 0 CHECK (carried_fen >= 0);
ALTER TABLE budget_line DROP CONSTRAINT budget_line_check;
ALTER TABLE budget_line ADD CONSTRAINT budget_line_whole CHECK (
  available_fen + reserved_fen + committed_fen + in_transit_fen + paid_fen + returned_fen + carried_fen = appropriated_fen);
-- What firms owe back stands beside the appropriation, not in it: what was paid stays paid until it is here.
ALTER TABLE budget_line ADD COLUMN IF NOT EXISTS receivable_fen bigint NOT NULL DEFAULT 0 CHECK (receivable_fen >= 0);
CREATE UNIQUE INDEX budget_line_code ON budget_line (year, code) WHERE code IS NOT NULL;

-- Whatever was allowed before stays allowed.
DO $$
DECLARE
  before text := (SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint
    WHERE conrelid = 'posting'::regclass AND conname = 'posting_bucket_check');
BEGIN
  ALTER TABLE posting DROP CONSTRAINT posting_bucket_check;
  EXECUTE format('ALTER TABLE posting ADD CONSTRAINT posting_bucket_check CHECK ((%s) OR bucket IN (%L, %L, %L, %L))',
    before, 'committed', 'returned', 'carried', 'receivable');
END $$;

-- As before, with the new accounts.
CREATE OR REPLACE FUNCTION post_to_budget_lines() RETURNS trigger LANGUAGE plpgsql AS $$
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
    committed_fen    = line.committed_fen + moved.committed,
    in_transit_fen   = line.in_transit_fen + moved.in_transit,
    paid_fen         = line.paid_fen + moved.paid,
    returned_fen     = line.returned_fen + moved.returned,
    carried_fen      = line.carried_fen + moved.carried
  FROM (
    SELECT budget_line AS id,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'source'), 0) AS source,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'available'), 0) AS available,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'reserved'), 0) AS reserved,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'committed'), 0) AS committed,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'in-transit'), 0) AS in_transit,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'paid'), 0) AS paid,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'returned'), 0) AS returned,
      coalesce(sum(amount_fen) FILTER (WHERE bucket = 'carried'), 0) AS carried
    FROM added GROUP BY budget_line
  ) AS moved WHERE line.id = moved.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION refuse_balance_without_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF (NEW.appropriated_fen, NEW.available_fen, NEW.reserved_fen, NEW.committed_fen, NEW.in_transit_fen, NEW.paid_fen,
        NEW.returned_fen, NEW.carried_fen, NEW.receivable_fen) <> (0, 0, 0, 0, 0, 0, 0, 0, 0) THEN
      RAISE EXCEPTION 'budget line % must start empty and be funded by a posting', NEW.id USING ERRCODE = 'check_violation';
    END IF;
  ELSIF pg_trigger_depth() < 2 AND
    (NEW.appropriated_fen, NEW.available_fen, NEW.reserved_fen, NEW.committed_fen, NEW.in_transit_fen, NEW.paid_fen,
     NEW.returned_fen, NEW.carried_fen, NEW.receivable_fen) IS DISTINCT FROM
    (OLD.appropriated_fen, OLD.available_fen, OLD.reserved_fen, OLD.committed_fen, OLD.in_transit_fen, OLD.paid_fen,
     OLD.returned_fen, OLD.carried_fen, OLD.receivable_fen) THEN
    RAISE EXCEPTION 'balances of budget line % move only by postings', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- What is open on the day of this change moves to the new accounts, once and by postings like everything else.
INSERT INTO posting (id, budget_line, business_key, bucket, amount_fen, at)
SELECT 'posting_' || side.bucket || '_' || payment.id, payment.budget_line, 'commit:' || payment.id, side.bucket,
  side.sign * payment.amount_fen, now()
FROM payment JOIN payment_batch batch ON batch.id = payment.batch_id
CROSS JOIN (VALUES ('reserved', -1), ('committed', 1)) AS side (bucket, sign)
WHERE batch.status = 'approved' AND payment.status = 'batched';

INSERT INTO posting (id, budget_line, business_key, bucket, amount_fen, at)
SELECT 'posting_' || side.bucket || '_' || last.id, last.budget_line, 'set-aside:' || last.id, side.bucket,
  side.sign * last.amount_fen, now()
FROM (SELECT DISTINCT ON (entitlement_id) * FROM payment ORDER BY entitlement_id, attempt DESC) AS last
JOIN entitlement owed ON owed.id = last.entitlement_id AND owed.status = 'confirmed'
CROSS JOIN (VALUES ('reserved', -1), ('returned', 1)) AS side (bucket, sign)
WHERE last.status = 'returned';

-- ---------------------------------------------------------------- payment stops, notification goes on

-- Why no money leaves: ledger, balances, payments and bank did not agree. A person says when it goes on.
CREATE TABLE payment_stop (
  id         text PRIMARY KEY,
  causes     jsonb NOT NULL CHECK (jsonb_array_length(causes) > 0),
  stopped_at timestamptz(3) NOT NULL,
  lifted_by  text CHECK (lifted_by NOT LIKE 'system:%'),
  lifted_at  timestamptz(3),
  reason     text CHECK (length(reason) BETWEEN 1 AND 500),
  CHECK ((lifted_by IS NULL) = (lifted_at IS NULL) AND (lifted_by IS NULL) = (reason IS NULL))
);
CREATE UNIQUE INDEX payment_stop_one_open ON payment_stop ((true)) WHERE lifted_at IS NULL;
CREATE TRIGGER payment_stop_no_delete BEFORE DELETE ON payment_stop FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_stop_no_truncate BEFORE TRUNCATE ON payment_stop FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_changed_stop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.lifted_at IS NOT NULL OR (NEW.id, NEW.causes, NEW.stopped_at) IS DISTINCT FROM (OLD.id, OLD.causes, OLD.stopped_at) THEN
    RAISE EXCEPTION 'payment stop % is kept as it was', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_stop_terms BEFORE UPDATE ON payment_stop FOR EACH ROW EXECUTE FUNCTION refuse_changed_stop();

-- No batch takes a step towards the bank while payment is stopped; what is at the bank already goes on to its end.
CREATE FUNCTION refuse_batch_while_stopped() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status IN ('drafted', 'approved', 'sending') AND (TG_OP = 'INSERT' OR NEW.status <> OLD.status)
     AND EXISTS (SELECT 1 FROM payment_stop WHERE lifted_at IS NULL) THEN
    RAISE EXCEPTION 'payments are stopped: batch % cannot become %', NEW.id, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_batch_while_stopped BEFORE INSERT OR UPDATE ON payment_batch
  FOR EACH ROW EXECUTE FUNCTION refuse_batch_while_stopped();
