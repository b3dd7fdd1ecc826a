SELECT COALESCE(p.merged_into, p.id), p.name, t.code, t.slug, t.title, e.slug, e.title, a.year
FROM archive_credits c JOIN archive_speakers p ON p.id = c.speaker_id JOIN archive_talks a ON a.talk_id = c.talk_id JOIN talks t ON t.id = c.talk_id JOIN events e ON e.id = a.event_id
WHERE COALESCE(p.merged_into, p.id) IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:1 AS json)) AS listed(value)) ORDER BY a.day DESC, a.talk_id DESC
