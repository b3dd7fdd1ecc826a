UPDATE star_sets SET person_id = :2 WHERE id = :1 AND person_id IS NULL
