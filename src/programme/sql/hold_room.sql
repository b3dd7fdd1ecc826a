SELECT COUNT(*) FROM rooms WHERE id = :2 AND deleted_at_ms IS NULL AND (event_id = :1 OR event_id = (SELECT parent_id FROM events WHERE id = :1))
