INSERT INTO persons (code, guid, name, biography, avatar_url, contact_email, language, created_at_ms)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8) RETURNING id
