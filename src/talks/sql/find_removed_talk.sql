SELECT id FROM talks WHERE event_id = :1 AND code = :2 AND deleted_at_ms IS NOT NULL
