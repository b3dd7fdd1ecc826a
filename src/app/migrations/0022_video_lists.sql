-- Lists of videos that somebody matched to an event's talks, so that each can be taken back as a whole.
CREATE TABLE video_lists (
  id {{id}},
  event_id BIGINT NOT NULL REFERENCES events(id),
  taken_at_ms BIGINT NOT NULL,
  undone_at_ms BIGINT
);
CREATE INDEX video_lists_of_event ON video_lists(event_id);
CREATE TABLE video_list_entries (
  list_id BIGINT NOT NULL REFERENCES video_lists(id),
  talk_id BIGINT NOT NULL REFERENCES talks(id),
  url TEXT NOT NULL,
  status_before BIGINT NOT NULL,
  made_recording BIGINT NOT NULL,
  set_duration BIGINT NOT NULL,
  PRIMARY KEY (list_id, talk_id, url)
);

-- What the checker of links remembers of each address.
ALTER TABLE videos ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
ALTER TABLE videos ADD COLUMN failing_since_ms BIGINT;
ALTER TABLE videos ADD COLUMN counted_at_ms BIGINT;
ALTER TABLE videos ADD COLUMN seen_at_ms BIGINT;
ALTER TABLE videos ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
ALTER TABLE videos ADD COLUMN marked_by_hand BIGINT NOT NULL DEFAULT 0;
CREATE INDEX videos_by_check ON videos(checked_at_ms, id);
CREATE INDEX videos_by_health ON videos(health, talk_id);
