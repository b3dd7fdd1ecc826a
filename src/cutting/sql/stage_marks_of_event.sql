SELECT slot, part, began_at_ms, ended_at_ms FROM stage_marks WHERE event_id = :1 ORDER BY slot, part
