UPDATE cut_looks SET name = '', person_id = NULL, note = '' WHERE person_id = :1
