SELECT id, code, name, series_id, event_id, rights, limited_to_tracks, version FROM teams WHERE id = :1 AND deleted_at_ms IS NULL
