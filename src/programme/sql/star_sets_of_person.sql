SELECT id FROM star_sets WHERE person_id = :1
