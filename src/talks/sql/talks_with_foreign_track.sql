SELECT t.code FROM talks t JOIN tracks k ON k.id = t.track_id WHERE t.deleted_at_ms IS NULL AND k.event_id <> t.event_id ORDER BY t.code
