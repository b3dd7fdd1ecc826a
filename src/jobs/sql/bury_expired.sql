UPDATE jobs SET state = 3, finished_at_ms = :1, leased_by = '', lease_until_ms = NULL, problem = :2
WHERE state = 1 AND lease_until_ms <= :1 AND attempts >= max_attempts
