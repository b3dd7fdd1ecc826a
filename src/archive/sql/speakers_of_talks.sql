SELECT c.talk_id, COALESCE(m.id, p.id), COALESCE(m.slug, p.slug), p.name
FROM archive_credits c JOIN archive_speakers p ON p.id = c.speaker_id LEFT JOIN archive_speakers m ON m.id = p.merged_into
WHERE c.talk_id IN (SELECT value FROM json_each(:1)) ORDER BY c.talk_id, c.position
