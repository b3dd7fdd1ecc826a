INSERT INTO archive_runs (source, origin, person_id, done_by, started_at_ms, state) VALUES (:1, :2, :3, :4, :5, :6) RETURNING id
