SELECT id, person_id FROM star_sets WHERE token_hash = :1
