UPDATE info_pages SET slug = slug || '-removed-' || id, version = version + 1 WHERE event_id = :1 AND slug = :2 AND deleted_at_ms IS NOT NULL
