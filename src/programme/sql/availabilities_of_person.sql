SELECT e.slug, a.from_local, a.to_local FROM availabilities a JOIN events e ON e.id = a.event_id WHERE a.person_id = :1 ORDER BY e.slug, a.from_local
