SELECT a.talk_id, e.slug, t.code, t.slug, t.updated_at_ms FROM archive_talks a JOIN talks t ON t.id = a.talk_id JOIN events e ON e.id = a.event_id
WHERE a.talk_id > :1 AND (a.day < :2 OR a.has_video = 1) ORDER BY a.talk_id LIMIT :3
