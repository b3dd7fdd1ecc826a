UPDATE archive_runs SET undone_at_ms = :2, undone_person_id = :3, undone_by = :4, undo_left = :5 WHERE id = :1 AND undone_at_ms IS NULL
