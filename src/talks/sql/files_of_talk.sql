SELECT id, talk_id, code, title, name, content_type, size_bytes, hash, uploaded_by, created_at_ms, removed_at_ms, erased_at_ms
FROM talk_files WHERE talk_id = :1 AND erased_at_ms IS NULL ORDER BY CASE WHEN removed_at_ms IS NULL THEN 0 ELSE 1 END, position, id
