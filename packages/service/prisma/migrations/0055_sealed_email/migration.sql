-- A firm's mail address often is a person's: it lies sealed as telephone numbers do.
ALTER TABLE firm ADD COLUMN email_index text;
ALTER TABLE firm ADD CONSTRAINT firm_email_sealed
  CHECK (email IS NULL OR email LIKE 'sealed:%' AND email_index ~ '^[0-9a-f]{32}$') NOT VALID;
