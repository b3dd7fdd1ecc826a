SELECT id, guid, kind, state, talk_id, room_id, start_local, length_minutes, title, note, parts, extra, version
FROM slots WHERE event_id = :1 AND deleted_at_ms IS NULL ORDER BY start_local, id
