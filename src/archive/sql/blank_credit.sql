UPDATE credits SET name = '', biography = '', avatar_url = '', extra = '{}', guid = '' WHERE talk_id = :1 AND name = :2
