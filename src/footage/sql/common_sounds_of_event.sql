SELECT c.one_id, c.other_id, c.lag_ms FROM common_sounds c JOIN media_files f ON f.id = c.one_id JOIN recorders r ON r.id = f.recorder_id
WHERE r.event_id = :1 ORDER BY c.one_id, c.other_id
