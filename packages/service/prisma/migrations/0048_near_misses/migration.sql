-- One fact away (差一点): since when the house watches it for the firm, and how that ended.
CREATE TABLE near_miss (
  id                text PRIMARY KEY,
  firm_code         text NOT NULL REFERENCES firm,
  policy_id         text NOT NULL,
  policy_version_id text NOT NULL REFERENCES policy_version,
  period            text NOT NULL,
  decision_id       text NOT NULL REFERENCES decision,
  kind              text NOT NULL CHECK (kind IN ('change', 'credit', 'missing')),
  fact              text NOT NULL,
  since             timestamptz(3) NOT NULL,
  ended_at          timestamptz(3),
  ended_as          text CHECK (ended_as IN ('met', 'farther', 'over')),
  CHECK ((ended_at IS NULL) = (ended_as IS NULL)),
  CHECK (ended_at >= since)
);
CREATE UNIQUE INDEX near_miss_one_live ON near_miss (firm_code, policy_id, period) WHERE ended_at IS NULL;
CREATE INDEX near_miss_policy_id_idx ON near_miss (policy_id) WHERE ended_at IS NULL;
CREATE INDEX near_miss_firm_code_idx ON near_miss (firm_code, ended_at);

CREATE FUNCTION refuse_changed_near_miss() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR (to_jsonb(NEW) - 'ended_at' - 'ended_as') <> (to_jsonb(OLD) - 'ended_at' - 'ended_as') THEN
    RAISE EXCEPTION 'near miss % is kept as it was; it only ends, once', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER near_miss_terms BEFORE UPDATE ON near_miss FOR EACH ROW EXECUTE FUNCTION refuse_changed_near_miss();
CREATE TRIGGER near_miss_no_delete BEFORE DELETE ON near_miss FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER near_miss_no_truncate BEFORE TRUNCATE ON near_miss FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What is only nearly the firm's can be turned off as well; what is its own cannot.
ALTER TABLE notice_setting DROP CONSTRAINT notice_setting_muted_check;
ALTER TABLE notice_setting ADD CONSTRAINT notice_setting_muted_check
  CHECK (muted <@ '["reminders", "progress", "nearly"]'::jsonb);
