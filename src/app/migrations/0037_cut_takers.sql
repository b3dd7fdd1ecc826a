-- Who of the recording team works at a cut: one person, so that no two do.
CREATE TABLE cut_takers (
  cut_id BIGINT PRIMARY KEY REFERENCES cuts(id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES persons(id),
  taken_at_ms BIGINT NOT NULL
);
