UPDATE recordings SET updated_at_ms = :2 WHERE talk_id = :1
