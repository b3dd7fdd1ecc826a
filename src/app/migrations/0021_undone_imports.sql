-- An import that was taken back: what it brought is put away until it is imported again, and what was left alone is named.
ALTER TABLE archive_records ADD COLUMN undone BIGINT NOT NULL DEFAULT 0;
ALTER TABLE archive_event_sources ADD COLUMN undone BIGINT NOT NULL DEFAULT 0;
ALTER TABLE archive_runs ADD COLUMN undone_at_ms BIGINT;
ALTER TABLE archive_runs ADD COLUMN undone_person_id BIGINT REFERENCES persons(id);
ALTER TABLE archive_runs ADD COLUMN undone_by TEXT NOT NULL DEFAULT '';
ALTER TABLE archive_runs ADD COLUMN undo_left TEXT NOT NULL DEFAULT '[]';
