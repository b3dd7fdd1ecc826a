INSERT INTO slots (event_id, guid, kind, state, talk_id, room_id, start_local, length_minutes, title, note, parts, extra)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12) RETURNING id
