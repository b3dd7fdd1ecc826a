-- What recorders wrote, and what of it may be used.
CREATE TABLE recorders (
  id {{id}},
  event_id BIGINT NOT NULL REFERENCES events(id),
  room_id BIGINT NOT NULL REFERENCES rooms(id),
  name TEXT NOT NULL,
  stream BIGINT NOT NULL DEFAULT 0,
  zone TEXT NOT NULL DEFAULT '',
  clock_offset_ms BIGINT NOT NULL DEFAULT 0,
  patterns TEXT NOT NULL DEFAULT '',
  folder TEXT NOT NULL DEFAULT '',
  folder_note TEXT NOT NULL DEFAULT '',
  created_at_ms BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE (event_id, room_id, name)
);
CREATE TABLE media_files (
  id {{id}},
  recorder_id BIGINT NOT NULL REFERENCES recorders(id),
  path TEXT NOT NULL UNIQUE,
  size_bytes BIGINT NOT NULL,
  modified_at_ms BIGINT NOT NULL,
  told_at_ms BIGINT,
  start_source BIGINT NOT NULL DEFAULT 0,
  doubt TEXT NOT NULL DEFAULT '',
  length_ms BIGINT,
  probed TEXT NOT NULL DEFAULT '',
  state BIGINT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  added_at_ms BIGINT NOT NULL,
  looked_at_ms BIGINT NOT NULL
);
CREATE INDEX media_files_of_recorder ON media_files(recorder_id, told_at_ms);
CREATE INDEX media_files_by_state ON media_files(state);

-- The speaker wants to see the cut before it is published. With do_not_record, do_not_stream: talks::Consent.
ALTER TABLE talks ADD COLUMN review_first BIGINT NOT NULL DEFAULT 0;
