SELECT talk_id, language, kind, source, vtt, updated_at_ms, removed_at_ms, version FROM caption_tracks WHERE talk_id = :1 ORDER BY language
