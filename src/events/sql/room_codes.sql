SELECT code FROM rooms WHERE event_id IN (SELECT id FROM events WHERE id = :1 OR parent_id = :1 OR id = (SELECT parent_id FROM events WHERE id = :1))
