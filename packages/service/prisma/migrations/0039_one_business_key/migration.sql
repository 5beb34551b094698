-- A business key says what happened, so it is booked once. The unique index holds that per bucket; a key that came
-- again between two other buckets was let through. Found by the model of the ledger.
CREATE FUNCTION refuse_known_business_key() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  known text;
BEGIN
  SELECT business_key INTO known FROM (SELECT business_key, count(*) AS sides FROM added GROUP BY business_key) AS own
    WHERE sides <> (SELECT count(*) FROM posting WHERE posting.business_key = own.business_key) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'business key "%" is booked already, between other buckets', known USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER posting_once_per_key AFTER INSERT ON posting REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_known_business_key();
