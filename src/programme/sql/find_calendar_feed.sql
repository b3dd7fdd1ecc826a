SELECT set_id, event_id FROM calendar_feeds WHERE token_hash = :1 AND revoked_at_ms IS NULL
