SELECT id, event_id, slug, title, body, position, in_navigation, is_public, updated_at_ms, version
FROM info_pages WHERE event_id = :1 AND deleted_at_ms IS NULL ORDER BY position, id
