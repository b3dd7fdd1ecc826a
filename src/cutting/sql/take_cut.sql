INSERT INTO cut_takers (cut_id, person_id, taken_at_ms) VALUES (:1, :2, :3)
ON CONFLICT (cut_id) DO UPDATE SET person_id = excluded.person_id, taken_at_ms = excluded.taken_at_ms
