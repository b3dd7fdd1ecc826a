SELECT p.code, a.from_local, a.to_local FROM availabilities a JOIN persons p ON p.id = a.person_id WHERE a.event_id = :1 ORDER BY p.code, a.from_local
