UPDATE slots SET kind = :4, state = :5, talk_id = :6, room_id = :7, start_local = :8, length_minutes = :9, title = :10, note = :11, parts = :12, extra = :13, version = version + 1
WHERE event_id = :1 AND id = :2 AND version = :3 AND deleted_at_ms IS NULL
