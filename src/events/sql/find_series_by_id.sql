SELECT id, slug, title, description, version FROM series WHERE id = :1 AND deleted_at_ms IS NULL
