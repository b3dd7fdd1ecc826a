UPDATE stored_files SET state = 2, changed_at_ms = :3 WHERE hash = :1 AND state = :2 AND changed_at_ms = :4
