SELECT id, person_id FROM star_sets WHERE person_id = :1 ORDER BY id LIMIT 1
