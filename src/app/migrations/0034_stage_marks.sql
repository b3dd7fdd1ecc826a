-- When a talk really began and ended, by who was in the room: the stage timer.
CREATE TABLE stage_marks (
  event_id BIGINT NOT NULL REFERENCES events(id) ON DELETE CASCADE,
  slot BIGINT NOT NULL,
  began_at_ms BIGINT,
  ended_at_ms BIGINT,
  PRIMARY KEY (event_id, slot)
);
