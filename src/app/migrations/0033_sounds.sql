-- How loud it was in each recording, moment by moment, and which recordings heard the same: for recorders whose clocks differ.
CREATE TABLE media_sounds (
  file_id BIGINT PRIMARY KEY REFERENCES media_files(id) ON DELETE CASCADE,
  modified_at_ms BIGINT NOT NULL,
  levels TEXT NOT NULL
);
CREATE TABLE common_sounds (
  one_id BIGINT NOT NULL REFERENCES media_files(id) ON DELETE CASCADE,
  other_id BIGINT NOT NULL REFERENCES media_files(id) ON DELETE CASCADE,
  lag_ms BIGINT NOT NULL,
  PRIMARY KEY (one_id, other_id)
);
