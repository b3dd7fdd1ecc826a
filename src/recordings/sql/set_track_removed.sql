UPDATE caption_tracks SET removed_at_ms = :4, version = version + 1 WHERE talk_id = :1 AND language = :2 AND version = :3
