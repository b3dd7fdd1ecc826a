-- Whether a session was opened by a mailed link alone: for an hour after that, a forgotten password can be replaced without the old one.
ALTER TABLE sessions ADD COLUMN by_link BIGINT NOT NULL DEFAULT 0;
