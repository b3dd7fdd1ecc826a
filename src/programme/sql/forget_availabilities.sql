DELETE FROM availabilities WHERE person_id = :1
