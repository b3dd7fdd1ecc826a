SELECT id, person_id, event_id, scopes FROM api_tokens
WHERE token_hash = :1 AND revoked_at_ms IS NULL AND (expires_at_ms IS NULL OR expires_at_ms > :2)
