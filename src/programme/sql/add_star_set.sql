INSERT INTO star_sets (token_hash, person_id, created_at_ms, last_seen_at_ms) VALUES (:1, :2, :3, :3) RETURNING id
