UPDATE talks SET updated_at_ms = :2 WHERE id = :1
