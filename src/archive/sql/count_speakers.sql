SELECT COUNT(DISTINCT s.id)
FROM archive_credits c JOIN archive_speakers p ON p.id = c.speaker_id JOIN archive_speakers s ON s.id = COALESCE(p.merged_into, p.id) JOIN archive_talks a ON a.talk_id = c.talk_id
WHERE (a.day < :1 OR a.has_video = 1) AND s.name <> '' AND substr(s.folded, 1, CAST(:2 AS INTEGER)) = :3
