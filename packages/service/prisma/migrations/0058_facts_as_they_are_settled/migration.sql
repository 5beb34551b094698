-- Facts are found by firm; of a delivery they are only ever asked for all together. One wide index led by the firm and a
-- narrow one by delivery, whose many equal keys are stored once, take a third less time per fact than two wide ones.
ALTER TABLE fact DROP CONSTRAINT fact_pkey;
DROP INDEX fact_firm_code_fact_id_idx;
ALTER TABLE fact ADD PRIMARY KEY (firm_code, fact_id, delivery_id);
CREATE INDEX fact_delivery_id_idx ON fact (delivery_id);

-- Facts of a large delivery are written while its rows are still being settled, so before the delivery itself, which says
-- how many rows were good. It is announced first; at the end of the transaction the announced delivery has to be there.
CREATE TABLE delivery_announced (
  id text PRIMARY KEY REFERENCES delivery DEFERRABLE INITIALLY DEFERRED
);
CREATE TRIGGER delivery_announced_append_only BEFORE UPDATE OR DELETE ON delivery_announced
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delivery_announced_no_truncate BEFORE TRUNCATE ON delivery_announced
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE OR REPLACE FUNCTION refuse_facts_of_no_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stranger text;
BEGIN
  SELECT named.delivery_id INTO stranger FROM (SELECT DISTINCT delivery_id FROM said) AS named
  WHERE NOT EXISTS (SELECT FROM delivery WHERE delivery.id = named.delivery_id)
    AND NOT EXISTS (SELECT FROM delivery_announced WHERE delivery_announced.id = named.delivery_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'facts of a delivery that does not exist: %', stranger USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
