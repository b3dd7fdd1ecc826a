UPDATE archive_event_sources SET hash = '', undone = :2 WHERE event_id = :1
