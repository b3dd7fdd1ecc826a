UPDATE videos SET health = :2, check_note = :3, checked_at_ms = :4 WHERE id = :1
