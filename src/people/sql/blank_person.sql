UPDATE persons SET name = '', biography = '', avatar_url = '', contact_email = '', guid = :2, deleted_at_ms = :3, version = version + 1 WHERE id = :1
