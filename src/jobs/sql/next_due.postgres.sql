SELECT MIN(due_ms) FROM (
  SELECT MIN(run_at_ms) AS due_ms FROM jobs WHERE state = 0 AND kind = ANY(string_to_array(:1, ',')) AND id::text <> ALL(string_to_array(:2, ','))
    AND NOT EXISTS (SELECT 1 FROM jobs AS running WHERE running.state = 1 AND running.unique_key = jobs.unique_key)
  UNION ALL
  SELECT MIN(lease_until_ms) AS due_ms FROM jobs WHERE state = 1 AND kind = ANY(string_to_array(:1, ',')) AND id::text <> ALL(string_to_array(:2, ','))
) AS both_states
