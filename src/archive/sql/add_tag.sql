INSERT INTO archive_tags (slug, name, folded) VALUES (:1, :2, :3) RETURNING id
