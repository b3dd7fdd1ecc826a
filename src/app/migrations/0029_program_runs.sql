-- Programs that were given what is online, or its sound: how each run ended.
CREATE TABLE program_runs (
  id {{id}},
  cut_id BIGINT NOT NULL REFERENCES cuts(id),
  target TEXT NOT NULL,
  occasion BIGINT NOT NULL,
  source_hash TEXT NOT NULL,
  state BIGINT NOT NULL DEFAULT 0,
  attempts BIGINT NOT NULL DEFAULT 0,
  exit_code BIGINT,
  words TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  queued_at_ms BIGINT NOT NULL,
  ended_at_ms BIGINT
);
CREATE INDEX program_runs_of_cut ON program_runs(cut_id);
