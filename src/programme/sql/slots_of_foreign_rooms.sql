SELECT s.id FROM slots s JOIN events e ON e.id = s.event_id JOIN rooms r ON r.id = s.room_id
WHERE s.deleted_at_ms IS NULL AND r.event_id <> s.event_id AND (e.parent_id IS NULL OR r.event_id <> e.parent_id) ORDER BY s.id
