DELETE FROM stored_files WHERE hash = :1 AND state = 2
