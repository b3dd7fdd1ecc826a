SELECT COUNT(*) FROM videos WHERE checked_at_ms >= :1
