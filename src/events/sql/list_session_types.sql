SELECT id, event_id, code, name, length_minutes, position, version
FROM session_types WHERE event_id = :1 AND deleted_at_ms IS NULL ORDER BY position, id
