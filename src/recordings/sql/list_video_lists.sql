SELECT l.id, l.taken_at_ms, l.undone_at_ms, COUNT(e.url), COUNT(DISTINCT e.talk_id)
FROM video_lists l JOIN video_list_entries e ON e.list_id = l.id WHERE l.event_id = :1 GROUP BY l.id, l.taken_at_ms, l.undone_at_ms ORDER BY l.id DESC LIMIT 50
