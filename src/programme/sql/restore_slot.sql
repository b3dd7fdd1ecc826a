UPDATE slots SET deleted_at_ms = NULL, version = version + 1 WHERE event_id = :1 AND id = :2 AND deleted_at_ms IS NOT NULL
