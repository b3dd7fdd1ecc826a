SELECT DISTINCT hash FROM talk_files WHERE hash <> '' ORDER BY hash
