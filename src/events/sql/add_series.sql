INSERT INTO series (slug, title, description, created_at_ms) VALUES (:1, :2, :3, :4) RETURNING id
