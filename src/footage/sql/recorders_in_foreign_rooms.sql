SELECT r.name FROM recorders r JOIN rooms o ON o.id = r.room_id JOIN events e ON e.id = r.event_id
WHERE o.event_id <> e.id AND (e.parent_id IS NULL OR o.event_id <> e.parent_id) ORDER BY r.id
