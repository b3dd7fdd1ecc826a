SELECT event_id, url, every_minutes, release_changes, etag, last_modified, last_at_ms, last_result, last_report, enabled FROM sync_sources
WHERE enabled = 1 AND (last_at_ms IS NULL OR last_at_ms + every_minutes * 60000 <= :1) ORDER BY event_id
