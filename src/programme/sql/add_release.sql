INSERT INTO releases (event_id, revision, name, comment, correction, snapshot, released_at_ms, released_by) VALUES (:1, :2, :3, :4, :5, :6, :7, :8) RETURNING id
