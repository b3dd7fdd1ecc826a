-- How much is free where recordings come in, minute by minute for some hours: how fast the disk fills.
CREATE TABLE disk_samples (
  id {{id}},
  place TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  free_bytes BIGINT NOT NULL
);
