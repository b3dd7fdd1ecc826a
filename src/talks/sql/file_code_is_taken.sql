SELECT COUNT(*) FROM talk_files WHERE code = :1
