SELECT t.code FROM talk_views w JOIN talks t ON t.id = w.talk_id JOIN archive_talks a ON a.talk_id = w.talk_id WHERE :1 = 0 OR a.year = :1 ORDER BY w.views DESC, w.talk_id DESC LIMIT :2
