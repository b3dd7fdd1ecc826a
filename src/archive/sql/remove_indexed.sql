DELETE FROM archive_talks WHERE talk_id = :1
