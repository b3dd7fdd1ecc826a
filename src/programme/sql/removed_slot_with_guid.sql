SELECT id FROM slots WHERE event_id = :1 AND guid = :2 AND deleted_at_ms IS NOT NULL
