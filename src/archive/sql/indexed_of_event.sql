SELECT a.talk_id, t.code FROM archive_talks a JOIN talks t ON t.id = a.talk_id WHERE a.event_id = :1 ORDER BY a.talk_id
