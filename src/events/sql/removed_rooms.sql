SELECT id, code, guid, name FROM rooms WHERE event_id = :1 AND deleted_at_ms IS NOT NULL ORDER BY id
