UPDATE stored_files SET upload_id = '', changed_at_ms = :2, verified_at_ms = :2 WHERE hash = :1 AND state <> 2
