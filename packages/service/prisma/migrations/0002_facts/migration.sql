-- Deliveries say how much they claim, and their issues how grave they are.

ALTER TABLE delivery ADD COLUMN complete boolean NOT NULL DEFAULT true;

-- The same list may be true on two days: an unchanged file with a newer as-of day is a new
-- delivery that keeps its facts fresh. The same bytes of the same day are the same delivery.
ALTER TABLE delivery DROP CONSTRAINT delivery_source_id_sha256_key;
ALTER TABLE delivery ADD CONSTRAINT delivery_source_id_sha256_as_of_key UNIQUE (source_id, sha256, as_of);

ALTER TABLE delivery_issue ADD COLUMN severity text NOT NULL DEFAULT 'refused' CHECK (severity IN ('refused', 'warning'));
