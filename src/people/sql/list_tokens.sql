SELECT id, label, event_id, scopes, created_at_ms, last_used_at_ms, expires_at_ms, revoked_at_ms FROM api_tokens WHERE person_id = :1 ORDER BY id
