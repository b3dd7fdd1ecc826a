SELECT t.code FROM talks t JOIN session_types y ON y.id = t.type_id WHERE t.deleted_at_ms IS NULL AND y.event_id <> t.event_id ORDER BY t.code
