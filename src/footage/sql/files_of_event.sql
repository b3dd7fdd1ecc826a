SELECT f.id, f.recorder_id, f.path, f.size_bytes, f.modified_at_ms, f.told_at_ms, f.start_source, f.doubt, f.length_ms, f.probed, f.state, f.reason, f.added_at_ms, f.looked_at_ms
FROM media_files f JOIN recorders r ON r.id = f.recorder_id WHERE r.event_id = :1 ORDER BY CASE WHEN f.told_at_ms IS NULL THEN 1 ELSE 0 END, f.told_at_ms, f.path
