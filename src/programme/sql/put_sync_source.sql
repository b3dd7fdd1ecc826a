INSERT INTO sync_sources (event_id, url, every_minutes, release_changes, enabled) VALUES (:1, :2, :3, :4, :5)
ON CONFLICT (event_id) DO UPDATE SET url = excluded.url, every_minutes = excluded.every_minutes, release_changes = excluded.release_changes,
  enabled = excluded.enabled, etag = '', last_modified = ''
