SELECT c.talk_id, COALESCE(m.id, p.id), COALESCE(m.slug, p.slug), p.name
FROM archive_credits c JOIN archive_speakers p ON p.id = c.speaker_id LEFT JOIN archive_speakers m ON m.id = p.merged_into
WHERE c.talk_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:1 AS json)) AS listed(value)) ORDER BY c.talk_id, c.position
