-- Telephone numbers often are people's: they lie sealed as account numbers do.
ALTER TABLE firm DROP CONSTRAINT firm_phone_check;
ALTER TABLE firm ADD COLUMN phone_index text;
ALTER TABLE firm ADD CONSTRAINT firm_sealed
  CHECK (phone IS NULL OR phone LIKE 'sealed:%' AND phone_index ~ '^[0-9a-f]{32}$') NOT VALID;
ALTER TABLE dispatch ADD CONSTRAINT dispatch_sealed CHECK (recipient LIKE 'sealed:%') NOT VALID;
ALTER TABLE notice_setting ADD CONSTRAINT notice_setting_sealed CHECK (
  (webhook_secret IS NULL OR webhook_secret LIKE 'sealed:%')
  AND (webhook_secret_before IS NULL OR webhook_secret_before LIKE 'sealed:%')) NOT VALID;
