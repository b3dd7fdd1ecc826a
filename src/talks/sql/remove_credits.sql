DELETE FROM credits WHERE talk_id = :1
