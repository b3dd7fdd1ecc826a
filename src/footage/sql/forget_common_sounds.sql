DELETE FROM common_sounds WHERE one_id = :1 OR other_id = :1
