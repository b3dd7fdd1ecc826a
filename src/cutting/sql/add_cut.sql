INSERT INTO cuts (event_id, slot_number, talk_id, stage, plan, doubts, changed_at_ms)
VALUES (:1, :2, :3, :4, :5, :6, :7) RETURNING id
