SELECT a.person_id, a.email, a.verified_at_ms, a.password_hash, a.created_at_ms FROM accounts a ORDER BY a.email_folded
