UPDATE media_files SET size_bytes = :2, modified_at_ms = :3, told_at_ms = :4, start_source = :5, doubt = :6, length_ms = :7, probed = :8, state = :9, reason = :10, looked_at_ms = :11
WHERE id = :1
