-- Who else one subject controls: asked for every firm that a rule about groups of companies reaches.
CREATE INDEX fact_controller_idx ON fact (upper(btrim(value #>> '{}')), firm_code) WHERE fact_id = 'ent.controller' AND value <> 'null'::jsonb;
