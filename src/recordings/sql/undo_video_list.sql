UPDATE video_lists SET undone_at_ms = :2 WHERE id = :1 AND undone_at_ms IS NULL
