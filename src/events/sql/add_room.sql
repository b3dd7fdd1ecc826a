INSERT INTO rooms (event_id, code, guid, name, description, position, capacity, accessibility, hidden, stream_url, captions_url, open_windows, extra)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12, :13) RETURNING id
