-- Recordings that are not shown before a moment: of an event, or of one talk (recordings.available_from_ms). What is shown of a cut is known apart from what was
-- published, so that people and other programs are told when it can be seen.
ALTER TABLE recordings ADD COLUMN embargo_of_event BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cut_settings ADD COLUMN embargoed_until_ms BIGINT;
ALTER TABLE cuts ADD COLUMN shown_hash TEXT NOT NULL DEFAULT '';
UPDATE cuts SET shown_hash = published_hash;
