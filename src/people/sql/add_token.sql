INSERT INTO api_tokens (token_hash, person_id, label, event_id, scopes, created_at_ms, expires_at_ms) VALUES (:1, :2, :3, :4, :5, :6, :7) RETURNING id
