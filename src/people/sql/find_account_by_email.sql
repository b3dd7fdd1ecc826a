SELECT person_id, verified_at_ms, password_hash FROM accounts WHERE email_folded = :1
