INSERT INTO stored_files (hash, size_bytes, state, changed_at_ms) VALUES (:1, :2, 0, :3)
ON CONFLICT (hash) DO UPDATE SET state = 0, changed_at_ms = excluded.changed_at_ms WHERE stored_files.state <> 2
