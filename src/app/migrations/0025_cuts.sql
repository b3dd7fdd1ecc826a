-- From what recorders wrote to a published video: what is to be cut, who looked at it, and who may.
CREATE TABLE cuts (
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
  UNIQUE (event_id, slot_number)
);
CREATE TABLE cut_looks (
  id {{id}},
  cut_id BIGINT NOT NULL REFERENCES cuts(id),
  revision BIGINT NOT NULL,
  plan_key TEXT NOT NULL,
  person_id BIGINT REFERENCES persons(id),
  name TEXT NOT NULL DEFAULT '',
  is_speaker BIGINT NOT NULL DEFAULT 0,
  is_good BIGINT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  at_ms BIGINT NOT NULL
);
CREATE INDEX cut_looks_of_cut ON cut_looks(cut_id);
CREATE TABLE review_links (
  id {{id}},
  cut_id BIGINT NOT NULL REFERENCES cuts(id),
  token_hash TEXT NOT NULL UNIQUE,
  person_id BIGINT REFERENCES persons(id),
  name TEXT NOT NULL DEFAULT '',
  is_speaker BIGINT NOT NULL DEFAULT 0,
  created_at_ms BIGINT NOT NULL,
  expires_at_ms BIGINT NOT NULL,
  revoked_at_ms BIGINT
);
CREATE INDEX review_links_of_cut ON review_links(cut_id);
CREATE TABLE cut_settings (
  event_id BIGINT NOT NULL PRIMARY KEY REFERENCES events(id),
  before_s BIGINT NOT NULL,
  after_s BIGINT NOT NULL,
  is_automatic BIGINT NOT NULL,
  needs_two BIGINT NOT NULL,
  license TEXT NOT NULL DEFAULT '',
  profiles TEXT NOT NULL DEFAULT '',
  version BIGINT NOT NULL DEFAULT 1
);
-- What else was made of a published video, by the hash of that; HLS is several files.
CREATE TABLE cut_files (
  id {{id}},
  cut_id BIGINT NOT NULL REFERENCES cuts(id),
  source_hash TEXT NOT NULL,
  profile TEXT NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (cut_id, source_hash, profile, name)
);

-- When an attempt began: how fast the work goes, and when it will be done.
ALTER TABLE jobs ADD COLUMN claimed_at_ms BIGINT;
