DELETE FROM sync_sources WHERE event_id = :1
