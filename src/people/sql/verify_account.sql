UPDATE accounts SET verified_at_ms = :2 WHERE person_id = :1 AND verified_at_ms IS NULL
