UPDATE videos SET health = :2, check_note = :3, checked_at_ms = :4, failures = :5, failing_since_ms = :6, counted_at_ms = :7, seen_at_ms = :8, moved_to = :9, marked_by_hand = :10 WHERE id = :1
