UPDATE archive_speakers SET person_id = :2, version = version + 1 WHERE id = :1
