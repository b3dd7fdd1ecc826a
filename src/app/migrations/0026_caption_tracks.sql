-- Captions of talks' videos: one track a language, as WebVTT; a removed one can be brought back.
CREATE TABLE caption_tracks (
  talk_id BIGINT NOT NULL REFERENCES talks(id),
  language TEXT NOT NULL,
  kind BIGINT NOT NULL DEFAULT 0,
  source BIGINT NOT NULL DEFAULT 0,
  vtt TEXT NOT NULL,
  created_at_ms BIGINT NOT NULL,
  updated_at_ms BIGINT NOT NULL,
  removed_at_ms BIGINT,
  version BIGINT NOT NULL DEFAULT 1,
  PRIMARY KEY (talk_id, language)
);
