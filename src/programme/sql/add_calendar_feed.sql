INSERT INTO calendar_feeds (token_hash, set_id, event_id, created_at_ms) VALUES (:1, :2, :3, :4) RETURNING id
