SELECT event_id, url, every_minutes, release_changes, etag, last_modified, last_at_ms, last_result, last_report, enabled FROM sync_sources WHERE event_id = :1
