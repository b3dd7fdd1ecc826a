UPDATE recorders SET room_id = :3, name = :4, stream = :5, zone = :6, clock_offset_ms = :7, patterns = :8, folder = :9, folder_note = '', version = version + 1
WHERE id = :1 AND version = :2
