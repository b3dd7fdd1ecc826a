SELECT id, source, origin, done_by, started_at_ms, finished_at_ms, state, message, counts, findings_run FROM archive_runs ORDER BY id DESC LIMIT :1 OFFSET :2
