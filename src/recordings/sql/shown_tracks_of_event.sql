SELECT c.talk_id, c.language, c.kind FROM caption_tracks c JOIN talks t ON t.id = c.talk_id WHERE t.event_id = :1 AND c.removed_at_ms IS NULL AND c.source <> 2 ORDER BY c.talk_id, c.language
