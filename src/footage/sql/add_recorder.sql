INSERT INTO recorders (event_id, room_id, name, stream, zone, clock_offset_ms, patterns, folder, created_at_ms)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9) RETURNING id
