SELECT DISTINCT t.event_id, t.id FROM archive_credits c JOIN talks t ON t.id = c.talk_id WHERE c.speaker_id = :1 ORDER BY t.id
