SELECT id, event_id, room_id, name, stream, zone, clock_offset_ms, patterns, folder, folder_note, version
FROM recorders WHERE folder <> '' ORDER BY id
