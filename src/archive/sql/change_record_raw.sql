UPDATE archive_records SET raw = :2 WHERE talk_id = :1
