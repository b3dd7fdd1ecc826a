INSERT INTO tracks (event_id, code, guid, name, description, color, position)
VALUES (:1, :2, :3, :4, :5, :6, :7) RETURNING id
