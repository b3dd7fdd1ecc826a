UPDATE teams SET deleted_at_ms = :2, version = version + 1 WHERE id = :1 AND deleted_at_ms IS NULL
