UPDATE api_tokens SET revoked_at_ms = :3 WHERE id = :1 AND person_id = :2 AND revoked_at_ms IS NULL
