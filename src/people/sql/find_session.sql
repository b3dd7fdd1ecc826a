SELECT id, person_id, device, by_link, created_at_ms, last_seen_at_ms, expires_at_ms FROM sessions WHERE token_hash = :1 AND expires_at_ms > :2
