UPDATE archive_speakers SET merged_into = :2, version = version + 1 WHERE id = :1
