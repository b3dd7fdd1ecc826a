SELECT id, email, return_to FROM sign_in_links WHERE token_hash = :1 AND used_at_ms IS NULL AND expires_at_ms > :2
