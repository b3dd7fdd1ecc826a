UPDATE jobs SET state = 0, run_at_ms = :3, attempts = attempts - :4, problem = :5, leased_by = '', lease_until_ms = NULL
WHERE id = :1 AND leased_by = :2 AND state = 1
