UPDATE series SET slug = :3, title = :4, description = :5, version = version + 1
WHERE id = :1 AND version = :2 AND deleted_at_ms IS NULL
