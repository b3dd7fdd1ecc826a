UPDATE calendar_feeds SET revoked_at_ms = :3 WHERE set_id = :1 AND event_id = :2 AND revoked_at_ms IS NULL
