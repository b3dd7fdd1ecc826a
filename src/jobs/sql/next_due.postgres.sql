SELECT MIN(due_ms) FROM (
  SELECT MIN(run_at_ms) AS due_ms FROM jobs WHERE state = 0 AND kind = ANY(string_to_array(:1, ',')) AND id::text <> ALL(string_to_array(:2, ','))
  UNION ALL
  SELECT MIN(lease_until_ms) AS due_ms FROM jobs WHERE state = 1 AND kind = ANY(string_to_array(:1, ',')) AND id::text <> ALL(string_to_array(:2, ','))
) AS both_states
