SELECT email, verified_at_ms, password_hash, created_at_ms FROM accounts WHERE person_id = :1
