SELECT id, event_id, code, guid, name, description, position, capacity, accessibility, hidden, stream_url, captions_url, open_windows, extra, version
FROM rooms WHERE event_id = :1 AND deleted_at_ms IS NULL ORDER BY position, id
