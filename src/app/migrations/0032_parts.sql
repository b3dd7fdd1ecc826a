-- A part of a block has a talk of its own, for its video: title, speakers, consent, recording. The programme knows it as a part of a slot.
ALTER TABLE talks ADD COLUMN part_of_id BIGINT REFERENCES talks(id);
ALTER TABLE talks ADD COLUMN part_anchor TEXT NOT NULL DEFAULT '';
CREATE INDEX talks_parts ON talks(part_of_id);

-- A slot has one cut of the whole, and one of each part.
-- @sqlite
CREATE TABLE cuts_next (
  id {{id}},
  event_id BIGINT NOT NULL REFERENCES events(id),
  slot_number BIGINT NOT NULL,
  talk_id BIGINT NOT NULL REFERENCES talks(id),
  stage BIGINT NOT NULL,
  revision BIGINT NOT NULL DEFAULT 1,
  plan TEXT NOT NULL,
  doubts TEXT NOT NULL DEFAULT '',
  problem TEXT NOT NULL DEFAULT '',
  preview_key TEXT NOT NULL DEFAULT '',
  preview_hash TEXT NOT NULL DEFAULT '',
  preview_from_ms BIGINT,
  preview_to_ms BIGINT,
  frame_rate DOUBLE PRECISION NOT NULL DEFAULT 0,
  sound TEXT NOT NULL DEFAULT '',
  wave TEXT NOT NULL DEFAULT '',
  poster_hash TEXT NOT NULL DEFAULT '',
  published_hash TEXT NOT NULL DEFAULT '',
  published_at_ms BIGINT,
  changed_at_ms BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  online_from_ms BIGINT,
  online_title_ms BIGINT NOT NULL DEFAULT 0,
  shown_hash TEXT NOT NULL DEFAULT '',
  chapters TEXT NOT NULL DEFAULT '',
  UNIQUE (event_id, slot_number, talk_id)
);
INSERT INTO cuts_next (id, event_id, slot_number, talk_id, stage, revision, plan, doubts, problem, preview_key, preview_hash, preview_from_ms, preview_to_ms, frame_rate, sound, wave, poster_hash,
  published_hash, published_at_ms, changed_at_ms, version, online_from_ms, online_title_ms, shown_hash)
SELECT id, event_id, slot_number, talk_id, stage, revision, plan, doubts, problem, preview_key, preview_hash, preview_from_ms, preview_to_ms, frame_rate, sound, wave, poster_hash,
  published_hash, published_at_ms, changed_at_ms, version, online_from_ms, online_title_ms, shown_hash FROM cuts;
DROP TABLE cuts;
ALTER TABLE cuts_next RENAME TO cuts;
-- @postgres
ALTER TABLE cuts DROP CONSTRAINT cuts_event_id_slot_number_key;
ALTER TABLE cuts ADD UNIQUE (event_id, slot_number, talk_id);
ALTER TABLE cuts ADD COLUMN chapters TEXT NOT NULL DEFAULT '';
-- @both
-- Of the talk's first video: [{"at": seconds, "title": …}].
ALTER TABLE recordings ADD COLUMN chapters TEXT NOT NULL DEFAULT '';
