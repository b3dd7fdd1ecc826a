UPDATE teams SET name = :3, rights = :4, limited_to_tracks = :5, version = version + 1 WHERE id = :1 AND version = :2 AND deleted_at_ms IS NULL
