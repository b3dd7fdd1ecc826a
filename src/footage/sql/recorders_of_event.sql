SELECT id, event_id, room_id, name, stream, zone, clock_offset_ms, patterns, folder, folder_note, version
FROM recorders WHERE event_id = :1 ORDER BY room_id, stream, name, id
