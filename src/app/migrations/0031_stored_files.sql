-- Files that lie in a store elsewhere: 0 on its way there, 1 there and named by a row, 2 on its way out. Only what was read back has a time of that.
CREATE TABLE stored_files (
  hash TEXT PRIMARY KEY,
  size_bytes BIGINT NOT NULL,
  state BIGINT NOT NULL DEFAULT 0,
  upload_id TEXT NOT NULL DEFAULT '',
  changed_at_ms BIGINT NOT NULL,
  verified_at_ms BIGINT
);

-- What a small text among them says, so that pages are drawn without the file.
ALTER TABLE cut_files ADD COLUMN told TEXT NOT NULL DEFAULT '';

-- Stands in a file of the folder that files lie in, too: how a worker knows that its folder is the server's.
CREATE TABLE files_folder (
  mark TEXT PRIMARY KEY
);
