INSERT INTO accounts (person_id, email, email_folded, verified_at_ms, password_hash, created_at_ms) VALUES (:1, :2, :3, :4, :5, :6)
