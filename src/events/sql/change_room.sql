UPDATE rooms SET guid = :4, name = :5, description = :6, position = :7, capacity = :8, accessibility = :9, hidden = :10, stream_url = :11, captions_url = :12, open_windows = :13, extra = :14, version = version + 1
WHERE event_id = :1 AND id = :2 AND version = :3 AND deleted_at_ms IS NULL
