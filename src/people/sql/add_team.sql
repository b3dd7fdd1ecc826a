INSERT INTO teams (code, name, series_id, event_id, rights, limited_to_tracks, created_at_ms) VALUES (:1, :2, :3, :4, :5, :6, :7) RETURNING id
