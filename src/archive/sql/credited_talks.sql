SELECT c.talk_id, t.event_id, c.name FROM credits c JOIN talks t ON t.id = c.talk_id WHERE c.person_id = :1 ORDER BY c.talk_id
