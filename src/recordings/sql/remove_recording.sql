DELETE FROM recordings WHERE talk_id = :1
