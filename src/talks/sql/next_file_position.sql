SELECT COALESCE(MAX(position), 0) + 1 FROM talk_files WHERE talk_id = :1
