DELETE FROM cut_takers WHERE person_id = :1
