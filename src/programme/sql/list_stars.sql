SELECT t.code, i.starred, i.at_ms FROM star_items i JOIN talks t ON t.id = i.talk_id WHERE i.set_id = :1 AND t.event_id = :2 ORDER BY t.code
