UPDATE persons SET name = :3, biography = :4, avatar_url = :5, contact_email = :6, language = :7, version = version + 1
WHERE id = :1 AND version = :2 AND deleted_at_ms IS NULL
