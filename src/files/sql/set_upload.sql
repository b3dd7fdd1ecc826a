UPDATE stored_files SET upload_id = :2, changed_at_ms = :3, verified_at_ms = NULL WHERE hash = :1
