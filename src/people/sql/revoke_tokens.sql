UPDATE api_tokens SET revoked_at_ms = :2 WHERE person_id = :1 AND revoked_at_ms IS NULL
