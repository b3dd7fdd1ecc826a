SELECT t.code FROM cuts c JOIN talks t ON t.id = c.talk_id WHERE t.event_id <> c.event_id ORDER BY t.code
