SELECT DISTINCT a.event_id FROM archive_credits c JOIN archive_speakers p ON p.id = c.speaker_id JOIN archive_talks a ON a.talk_id = c.talk_id
WHERE p.id = :1 OR p.merged_into = :1 ORDER BY a.event_id
