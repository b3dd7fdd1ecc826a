DELETE FROM archive_records WHERE talk_id = :1
