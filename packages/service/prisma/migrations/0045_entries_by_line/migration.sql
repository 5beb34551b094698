-- The entries behind a figure of a budget line are read page by page, the newest first.
CREATE INDEX posting_budget_line_bucket_at_id_idx ON posting (budget_line, bucket, at DESC, id DESC);

-- A decision may say that one instalment missed for too long makes the whole rest due.
ALTER TABLE recovery ADD COLUMN calls_in_rest boolean NOT NULL DEFAULT false;

CREATE FUNCTION refuse_changed_calendar_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'recovery % is kept as it was decided', OLD.id USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER recovery_calendar_terms BEFORE UPDATE ON recovery
  FOR EACH ROW WHEN (OLD.decided_by IS NOT NULL AND NEW.calls_in_rest IS DISTINCT FROM OLD.calls_in_rest)
  EXECUTE FUNCTION refuse_changed_calendar_terms();
