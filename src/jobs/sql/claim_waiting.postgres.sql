UPDATE jobs SET state = 1, attempts = attempts + 1, leased_by = :1, lease_until_ms = :2, claimed_at_ms = :3, progress = 0
WHERE id = (
  SELECT id FROM jobs
  WHERE state = 0 AND run_at_ms <= :3 AND kind = ANY(string_to_array(:4, ',')) AND id::text <> ALL(string_to_array(:5, ','))
    AND NOT EXISTS (SELECT 1 FROM jobs AS running WHERE running.state = 1 AND running.unique_key = jobs.unique_key)
  ORDER BY run_at_ms, id
  LIMIT 1
  FOR UPDATE SKIP LOCKED
)
RETURNING id, kind, input, state, attempts, max_attempts, run_at_ms, created_at_ms, finished_at_ms, problem, event, progress, claimed_at_ms
