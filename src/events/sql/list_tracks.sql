SELECT id, event_id, code, guid, name, description, color, position, version
FROM tracks WHERE event_id = :1 AND deleted_at_ms IS NULL ORDER BY position, id
