UPDATE slots SET deleted_at_ms = :3, version = version + 1 WHERE event_id = :1 AND id = :2 AND deleted_at_ms IS NULL
