UPDATE caption_tracks SET kind = :4, source = :5, vtt = :6, updated_at_ms = :7, removed_at_ms = NULL, version = version + 1 WHERE talk_id = :1 AND language = :2 AND version = :3
