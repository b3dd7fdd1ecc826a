SELECT a.talk_id, t.code, t.slug, t.title, t.subtitle, a.event_id, e.slug, e.title, a.series_id, s.slug, a.day, a.year, a.language, a.length_seconds, a.has_video, COALESCE(r.thumbnail_url, ''), a.added_at_ms
FROM archive_talks a JOIN talks t ON t.id = a.talk_id JOIN events e ON e.id = a.event_id JOIN series s ON s.id = a.series_id LEFT JOIN recordings r ON r.talk_id = a.talk_id
WHERE t.code IN (SELECT value FROM json_array_elements_text(CAST(:1 AS json)) AS listed(value)) AND (a.day < :2 OR a.has_video = 1)
