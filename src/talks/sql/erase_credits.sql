UPDATE credits SET name = '', biography = '', avatar_url = '', extra = '{}', guid = '', person_id = NULL WHERE person_id = :1
