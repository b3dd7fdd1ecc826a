SELECT a.talk_id, t.code, t.slug, t.title
FROM archive_talks a JOIN talks t ON t.id = a.talk_id LEFT JOIN recordings r ON r.talk_id = a.talk_id
WHERE a.event_id = :1 AND (a.day < :2 OR a.has_video = 1) ORDER BY a.day, COALESCE(r.recorded_local, ''), t.title, a.talk_id
