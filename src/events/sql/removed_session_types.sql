SELECT id, code, '' AS guid, name FROM session_types WHERE event_id = :1 AND deleted_at_ms IS NOT NULL ORDER BY id
