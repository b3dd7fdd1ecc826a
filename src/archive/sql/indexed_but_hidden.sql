SELECT t.code FROM archive_talks a JOIN talks t ON t.id = a.talk_id JOIN events e ON e.id = a.event_id
WHERE t.deleted_at_ms IS NOT NULL OR e.is_public = 0 OR e.deleted_at_ms IS NOT NULL OR t.event_id <> a.event_id ORDER BY t.code
