-- What the last fetch of a followed address changed, or would change: for its page. Emptied when a person is erased.
ALTER TABLE sync_sources ADD COLUMN last_report TEXT NOT NULL DEFAULT '';
