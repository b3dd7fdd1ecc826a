SELECT id, person_id, device, by_link, created_at_ms, last_seen_at_ms, expires_at_ms FROM sessions WHERE person_id = :1 AND expires_at_ms > :2 ORDER BY last_seen_at_ms DESC, id
