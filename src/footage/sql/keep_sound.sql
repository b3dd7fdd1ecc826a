INSERT INTO media_sounds (file_id, modified_at_ms, levels) SELECT id, modified_at_ms, :3 FROM media_files WHERE id = :1 AND modified_at_ms = :2
ON CONFLICT (file_id) DO UPDATE SET modified_at_ms = excluded.modified_at_ms, levels = excluded.levels
