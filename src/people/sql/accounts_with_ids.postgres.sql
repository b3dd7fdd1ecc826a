SELECT person_id, email, verified_at_ms, password_hash, created_at_ms FROM accounts
WHERE person_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:1 AS JSON)))
