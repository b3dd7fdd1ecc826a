SELECT person_id, email, verified_at_ms, password_hash, created_at_ms FROM accounts WHERE person_id IN (SELECT value FROM json_each(:1))
