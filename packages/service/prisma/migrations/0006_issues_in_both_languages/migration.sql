-- Why a row was not taken, for the department that wrote it and for everyone else.
ALTER TABLE delivery_issue RENAME COLUMN reason TO reason_zh;
ALTER TABLE delivery_issue ADD COLUMN reason_en text NOT NULL DEFAULT '';
ALTER TABLE delivery_issue ALTER COLUMN reason_en DROP DEFAULT;
