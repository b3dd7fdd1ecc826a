UPDATE archive_runs SET finished_at_ms = :2, state = :3, message = :4, counts = :5, findings_run = :6, findings_hash = :7 WHERE id = :1
