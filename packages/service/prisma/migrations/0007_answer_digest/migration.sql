-- Whether a night's answer says anything new is asked of every firm and policy; the digest answers
-- it without reading facts and trace again. Decisions of before are recomputed once: '' equals none.
ALTER TABLE decision ADD COLUMN answer_sha256 text NOT NULL DEFAULT '';
ALTER TABLE decision ALTER COLUMN answer_sha256 DROP DEFAULT;
