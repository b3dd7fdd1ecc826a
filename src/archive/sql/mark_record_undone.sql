UPDATE archive_records SET undone = :2 WHERE talk_id = :1
