DELETE FROM availabilities WHERE event_id = :1 AND person_id = :2
