SELECT id, slug, title, description, version FROM series WHERE deleted_at_ms IS NULL ORDER BY slug
