SELECT hash, size_bytes, state, upload_id, changed_at_ms, verified_at_ms FROM stored_files ORDER BY hash
