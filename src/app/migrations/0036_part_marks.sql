-- The stage timer marks the parts of a block, too: by the code of the part's talk; empty: the slot as a whole.
CREATE TABLE stage_marks_next (
  event_id BIGINT NOT NULL REFERENCES events(id) ON DELETE CASCADE,
  slot BIGINT NOT NULL,
  part TEXT NOT NULL DEFAULT '',
  began_at_ms BIGINT,
  ended_at_ms BIGINT,
  PRIMARY KEY (event_id, slot, part)
);
INSERT INTO stage_marks_next (event_id, slot, began_at_ms, ended_at_ms) SELECT event_id, slot, began_at_ms, ended_at_ms FROM stage_marks;
DROP TABLE stage_marks;
ALTER TABLE stage_marks_next RENAME TO stage_marks;
