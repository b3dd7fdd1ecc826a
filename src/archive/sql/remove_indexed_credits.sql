DELETE FROM archive_credits WHERE talk_id = :1
