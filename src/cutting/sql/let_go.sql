DELETE FROM cut_takers WHERE cut_id = :1
