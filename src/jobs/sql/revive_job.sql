UPDATE jobs SET state = 0, attempts = 0, progress = 0, run_at_ms = :2, finished_at_ms = NULL WHERE id = :1 AND state = 3
