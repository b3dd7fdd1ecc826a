SELECT t.code, i.starred, i.at_ms FROM star_items i JOIN star_sets s ON s.id = i.set_id JOIN talks t ON t.id = i.talk_id WHERE s.person_id = :1 ORDER BY t.code, i.at_ms
