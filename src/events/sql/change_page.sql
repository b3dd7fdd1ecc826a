UPDATE info_pages SET slug = :4, title = :5, body = :6, position = :7, in_navigation = :8, is_public = :9, updated_at_ms = :10, version = version + 1
WHERE event_id = :1 AND id = :2 AND version = :3 AND deleted_at_ms IS NULL
