INSERT INTO job_schedule (kind, next_at_ms) VALUES (:1, :3)
ON CONFLICT (kind) DO UPDATE SET next_at_ms = excluded.next_at_ms WHERE job_schedule.next_at_ms <= :2
RETURNING next_at_ms
