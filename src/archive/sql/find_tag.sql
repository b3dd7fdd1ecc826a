SELECT id, slug, name FROM archive_tags WHERE slug = :1
