UPDATE tracks SET guid = :4, name = :5, description = :6, color = :7, position = :8, version = version + 1
WHERE event_id = :1 AND id = :2 AND version = :3 AND deleted_at_ms IS NULL
