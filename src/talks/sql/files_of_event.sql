SELECT f.id, f.talk_id, f.code, f.title, f.name, f.content_type, f.size_bytes, f.hash, f.uploaded_by, f.created_at_ms, f.removed_at_ms, f.erased_at_ms
FROM talk_files f JOIN talks t ON t.id = f.talk_id
WHERE t.event_id = :1 AND t.deleted_at_ms IS NULL AND f.removed_at_ms IS NULL AND f.erased_at_ms IS NULL ORDER BY f.talk_id, f.position, f.id
