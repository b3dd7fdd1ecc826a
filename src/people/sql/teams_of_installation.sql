SELECT id, code, name, series_id, event_id, rights, limited_to_tracks, version FROM teams WHERE series_id IS NULL AND event_id IS NULL AND deleted_at_ms IS NULL ORDER BY name, id
