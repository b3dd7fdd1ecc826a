UPDATE sessions SET last_seen_at_ms = :2, expires_at_ms = :3 WHERE id = :1
