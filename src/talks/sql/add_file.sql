INSERT INTO talk_files (talk_id, code, position, title, name, content_type, size_bytes, hash, uploaded_by, created_at_ms)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10) RETURNING id
