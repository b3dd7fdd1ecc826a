SELECT t.code FROM talks t JOIN archive_talks a ON a.talk_id = t.id WHERE t.guid = :1 ORDER BY t.id LIMIT 1
