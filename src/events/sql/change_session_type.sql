UPDATE session_types SET name = :4, length_minutes = :5, position = :6, version = version + 1
WHERE event_id = :1 AND id = :2 AND version = :3 AND deleted_at_ms IS NULL
