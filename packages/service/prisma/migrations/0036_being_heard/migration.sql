-- How a firm was served (好差评), once for each case and channel; it may change its mind until a day.
CREATE TABLE rating (
  id             text PRIMARY KEY,
  firm_code      text NOT NULL REFERENCES firm,
  entitlement_id text NOT NULL REFERENCES entitlement,
  channel        text NOT NULL CHECK (channel IN ('portal', 'hall', 'phone')),
  level          text NOT NULL CHECK (level IN ('very-satisfied', 'satisfied', 'acceptable', 'dissatisfied', 'very-dissatisfied')),
  words          text NOT NULL CHECK (length(words) <= 2000),
  nth            integer NOT NULL CHECK (nth >= 1),
  rated_by       text NOT NULL,
  rated_at       timestamptz(3) NOT NULL,
  change_until   date NOT NULL,
  UNIQUE (entitlement_id, channel),
  CHECK ((rated_at AT TIME ZONE 'Asia/Shanghai')::date <= change_until)
);
CREATE INDEX rating_firm_code_idx ON rating (firm_code);

CREATE FUNCTION refuse_changed_rating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.firm_code, NEW.entitlement_id, NEW.channel, NEW.change_until, NEW.nth)
     IS DISTINCT FROM (OLD.id, OLD.firm_code, OLD.entitlement_id, OLD.channel, OLD.change_until, OLD.nth + 1)
  THEN
    RAISE EXCEPTION 'rating % stays of its case and channel, with its last day', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rating_terms BEFORE UPDATE ON rating FOR EACH ROW EXECUTE FUNCTION refuse_changed_rating();
CREATE TRIGGER rating_no_delete BEFORE DELETE ON rating FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rating_no_truncate BEFORE TRUNCATE ON rating FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What somebody is owed an answer to, within working days: a bad rating, a complaint, an objection to the public list.
CREATE TABLE grievance (
  id             text PRIMARY KEY,
  kind           text NOT NULL CHECK (kind IN ('rectification', 'complaint', 'objection')),
  about          text NOT NULL,
  firm_code      text REFERENCES firm,
  rating_id      text REFERENCES rating,
  entitlement_id text REFERENCES entitlement,
  decision_id    text REFERENCES decision,
  condition      jsonb,
  fact_id        text,
  disclosure_id  text REFERENCES disclosure,
  words          text NOT NULL CHECK (length(words) <= 2000),
  status         text NOT NULL,
  opened_by      text NOT NULL,
  opened_at      timestamptz(3) NOT NULL,
  answer_by      date NOT NULL,
  closed_by      text,
  closed_at      timestamptz(3),
  answer         text,
  CHECK ((kind = 'rectification') = (rating_id IS NOT NULL)),
  CHECK ((kind = 'objection') = (disclosure_id IS NOT NULL)),
  CHECK ((kind = 'complaint') = (fact_id IS NOT NULL OR entitlement_id IS NOT NULL AND rating_id IS NULL)),
  CHECK (rating_id IS NULL OR entitlement_id IS NOT NULL),
  CHECK ((condition IS NULL) = (decision_id IS NULL) AND (condition IS NULL OR kind = 'complaint')),
  -- Only a bad rating speaks for itself; only the public list is open to others than firms.
  CHECK (kind = 'rectification' OR length(words) >= 1),
  CHECK (kind = 'objection' OR firm_code IS NOT NULL),
  CHECK ((closed_by IS NULL) = (closed_at IS NULL)),
  CHECK ((closed_by IS NULL) = (status = 'open')),
  CHECK ((status IN ('corrected', 'explained')) = (answer IS NOT NULL)),
  -- A bad rating is answered: nobody can be talked into taking it back.
  CHECK (kind <> 'rectification' OR status <> 'withdrawn'),
  -- Whoever raised it does not answer it.
  CHECK (answer IS NULL OR closed_by <> opened_by)
);
CREATE UNIQUE INDEX grievance_one_open ON grievance (coalesce(firm_code, opened_by), about) WHERE status = 'open';
CREATE INDEX grievance_firm_code_idx ON grievance (firm_code);
CREATE INDEX grievance_opened_by_idx ON grievance (opened_by);
CREATE INDEX grievance_status_idx ON grievance (status, answer_by);

INSERT INTO legal_transition (entity, from_state, to_state) VALUES
  ('grievance', '', 'open'),
  ('grievance', 'open', 'corrected'),
  ('grievance', 'open', 'explained'),
  ('grievance', 'open', 'withdrawn');

CREATE TRIGGER grievance_transition BEFORE INSERT OR UPDATE ON grievance
  FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition('grievance');
CREATE TRIGGER grievance_no_delete BEFORE DELETE ON grievance FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER grievance_no_truncate BEFORE TRUNCATE ON grievance FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_changed_grievance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.kind, NEW.about, NEW.firm_code, NEW.rating_id, NEW.entitlement_id, NEW.decision_id, NEW.condition, NEW.fact_id,
      NEW.disclosure_id, NEW.words, NEW.opened_by, NEW.opened_at, NEW.answer_by)
     IS DISTINCT FROM
     (OLD.id, OLD.kind, OLD.about, OLD.firm_code, OLD.rating_id, OLD.entitlement_id, OLD.decision_id, OLD.condition, OLD.fact_id,
      OLD.disclosure_id, OLD.words, OLD.opened_by, OLD.opened_at, OLD.answer_by)
  THEN
    RAISE EXCEPTION 'grievance % is kept as it was raised', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grievance_terms BEFORE UPDATE ON grievance FOR EACH ROW EXECUTE FUNCTION refuse_changed_grievance();
