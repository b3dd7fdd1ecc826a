INSERT INTO review_links (cut_id, token_hash, person_id, name, is_speaker, created_at_ms, expires_at_ms)
VALUES (:1, :2, :3, :4, :5, :6, :7)
