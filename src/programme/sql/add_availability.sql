INSERT INTO availabilities (event_id, person_id, from_local, to_local) VALUES (:1, :2, :3, :4)
