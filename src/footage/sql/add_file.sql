INSERT INTO media_files (recorder_id, path, size_bytes, modified_at_ms, told_at_ms, start_source, doubt, length_ms, probed, state, reason, added_at_ms, looked_at_ms)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12, :12) RETURNING id
