INSERT INTO sign_in_links (token_hash, email, email_folded, return_to, created_at_ms, expires_at_ms) VALUES (:1, :2, :3, :4, :5, :6)
