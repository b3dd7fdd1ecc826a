UPDATE sync_sources SET last_at_ms = :2, last_result = :3, etag = :4, last_modified = :5, last_report = :6 WHERE event_id = :1
