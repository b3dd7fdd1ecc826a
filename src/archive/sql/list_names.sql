SELECT s.id, s.name, COUNT(DISTINCT c.talk_id)
FROM archive_credits c JOIN archive_speakers p ON p.id = c.speaker_id JOIN archive_speakers s ON s.id = COALESCE(p.merged_into, p.id)
WHERE s.name <> '' GROUP BY s.id, s.name ORDER BY s.id
