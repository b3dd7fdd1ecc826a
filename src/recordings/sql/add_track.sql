INSERT INTO caption_tracks (talk_id, language, kind, source, vtt, created_at_ms, updated_at_ms) VALUES (:1, :2, :3, :4, :5, :6, :6)
