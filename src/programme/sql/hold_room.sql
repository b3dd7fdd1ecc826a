SELECT COUNT(*) FROM rooms WHERE id = :1 AND deleted_at_ms IS NULL
