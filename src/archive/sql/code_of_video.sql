SELECT t.code FROM videos v JOIN talks t ON t.id = v.talk_id JOIN archive_talks a ON a.talk_id = t.id WHERE v.id = :1
