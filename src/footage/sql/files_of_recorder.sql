SELECT id, recorder_id, path, size_bytes, modified_at_ms, told_at_ms, start_source, doubt, length_ms, probed, state, reason, added_at_ms, looked_at_ms
FROM media_files WHERE recorder_id = :1 ORDER BY CASE WHEN told_at_ms IS NULL THEN 1 ELSE 0 END, told_at_ms, path
