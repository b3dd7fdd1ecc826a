SELECT MIN(due_ms) FROM (
  SELECT MIN(run_at_ms) AS due_ms FROM jobs WHERE state = 0 AND instr(:1, ',' || kind || ',') > 0 AND instr(:2, ',' || id || ',') = 0
    AND NOT EXISTS (SELECT 1 FROM jobs AS running WHERE running.state = 1 AND running.unique_key = jobs.unique_key)
  UNION ALL
  SELECT MIN(lease_until_ms) AS due_ms FROM jobs WHERE state = 1 AND instr(:1, ',' || kind || ',') > 0 AND instr(:2, ',' || id || ',') = 0
) AS both_states
