SELECT id, code, guid, name, biography, avatar_url, contact_email, language, created_at_ms, version FROM persons WHERE id = :1 AND deleted_at_ms IS NULL
