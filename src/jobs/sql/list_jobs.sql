SELECT id, kind, input, state, attempts, max_attempts, run_at_ms, created_at_ms, finished_at_ms, problem, event, progress, claimed_at_ms
FROM jobs
WHERE (CAST(:1 AS BIGINT) = 0 OR event = :1)
  AND (CAST(:2 AS BIGINT) < 0 OR state = :2)
ORDER BY id DESC
LIMIT :3
