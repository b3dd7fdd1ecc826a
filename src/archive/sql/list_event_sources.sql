SELECT s.event_id, s.path, s.hash, s.raw, s.undone FROM archive_event_sources s WHERE s.source = :1 ORDER BY s.path
