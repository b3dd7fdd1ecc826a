SELECT c.talk_id, t.code, t.title, e.slug, c.change FROM archive_changes c JOIN talks t ON t.id = c.talk_id JOIN events e ON e.id = t.event_id
WHERE c.run_id = :1 ORDER BY e.slug, t.title, t.id LIMIT :2 OFFSET :3
