UPDATE jobs SET state = :3, finished_at_ms = :4, problem = :5, progress = CASE WHEN CAST(:3 AS BIGINT) = 2 THEN 1 ELSE progress END, leased_by = '', lease_until_ms = NULL
WHERE id = :1 AND leased_by = :2 AND state = 1
RETURNING unique_key
