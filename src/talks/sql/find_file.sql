SELECT id, talk_id, code, title, name, content_type, size_bytes, hash, uploaded_by, created_at_ms, removed_at_ms, erased_at_ms
FROM talk_files WHERE code = :1
