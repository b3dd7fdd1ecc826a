DELETE FROM videos WHERE talk_id = :1
