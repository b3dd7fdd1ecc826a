INSERT INTO archive_speakers (slug, name, folded, created_at_ms) VALUES (:1, :2, :3, :4) RETURNING id
