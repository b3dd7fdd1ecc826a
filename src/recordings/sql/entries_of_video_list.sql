SELECT e.talk_id, t.code, e.url, e.status_before, e.made_recording, e.set_duration
FROM video_list_entries e JOIN talks t ON t.id = e.talk_id JOIN video_lists l ON l.id = e.list_id
WHERE l.id = :1 AND l.event_id = :2 AND l.undone_at_ms IS NULL ORDER BY e.talk_id, e.url
