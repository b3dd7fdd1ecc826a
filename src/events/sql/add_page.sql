INSERT INTO info_pages (event_id, slug, title, body, position, in_navigation, is_public, updated_at_ms)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8) RETURNING id
