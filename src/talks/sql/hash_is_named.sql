SELECT COUNT(*) FROM talk_files WHERE hash = :1
