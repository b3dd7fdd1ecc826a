UPDATE stored_files SET state = 1, changed_at_ms = :2 WHERE hash = :1 AND state <> 2 AND verified_at_ms IS NOT NULL
