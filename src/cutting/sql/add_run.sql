INSERT INTO program_runs (cut_id, target, occasion, source_hash, queued_at_ms) VALUES (:1, :2, :3, :4, :5) RETURNING id
