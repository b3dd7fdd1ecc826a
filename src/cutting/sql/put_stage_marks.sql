INSERT INTO stage_marks (event_id, slot, part, began_at_ms, ended_at_ms) VALUES (:1, :2, :3, :4, :5)
ON CONFLICT (event_id, slot, part) DO UPDATE SET began_at_ms = excluded.began_at_ms, ended_at_ms = excluded.ended_at_ms
