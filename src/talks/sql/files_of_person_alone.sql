SELECT f.id, f.talk_id, f.code, f.title, f.name, f.content_type, f.size_bytes, f.hash, f.uploaded_by, f.created_at_ms, f.removed_at_ms, f.erased_at_ms
FROM talk_files f
WHERE f.erased_at_ms IS NULL AND EXISTS (SELECT 1 FROM credits c WHERE c.talk_id = f.talk_id AND c.person_id = :1)
  AND NOT EXISTS (SELECT 1 FROM credits c WHERE c.talk_id = f.talk_id AND (c.person_id IS NULL OR c.person_id <> :1) AND c.name <> '')
ORDER BY f.id
