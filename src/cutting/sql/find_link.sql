SELECT id, cut_id, person_id, name, is_speaker, created_at_ms, expires_at_ms, revoked_at_ms FROM review_links WHERE token_hash = :1
