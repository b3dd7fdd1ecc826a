INSERT INTO session_types (event_id, code, name, length_minutes, position)
VALUES (:1, :2, :3, :4, :5) RETURNING id
