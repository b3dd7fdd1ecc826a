INSERT INTO jobs (kind, input, run_at_ms, created_at_ms, max_attempts, event, unique_key)
VALUES (:1, :2, :3, :4, :5, :6, :7)
ON CONFLICT (unique_key) WHERE state = 0 DO NOTHING
RETURNING id
