UPDATE archive_speakers SET name = '', folded = '', slug = :2, person_id = NULL, version = version + 1 WHERE id = :1
