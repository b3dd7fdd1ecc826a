INSERT INTO archive_event_sources (event_id, source, path, hash, raw, run_id) VALUES (:1, :2, :3, :4, :5, :6)
ON CONFLICT (event_id) DO UPDATE SET source = excluded.source, path = excluded.path, hash = excluded.hash, raw = excluded.raw, run_id = excluded.run_id, undone = 0
