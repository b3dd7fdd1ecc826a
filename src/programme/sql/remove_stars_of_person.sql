DELETE FROM star_items WHERE set_id IN (SELECT id FROM star_sets WHERE person_id = :1)
