INSERT INTO sessions (token_hash, person_id, device, by_link, created_at_ms, last_seen_at_ms, expires_at_ms) VALUES (:1, :2, :3, :4, :5, :5, :6) RETURNING id
