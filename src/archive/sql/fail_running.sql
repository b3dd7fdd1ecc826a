UPDATE archive_runs SET state = :1, message = :2, finished_at_ms = :3 WHERE state = :4
