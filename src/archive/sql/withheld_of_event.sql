SELECT w.talk_id, w.name_hash FROM archive_withheld w JOIN talks t ON t.id = w.talk_id WHERE t.event_id = :1
