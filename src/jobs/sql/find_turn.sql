SELECT next_at_ms FROM job_schedule WHERE kind = :1
