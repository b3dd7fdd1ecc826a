UPDATE credits SET person_id = :1
WHERE person_id IS NULL AND name <> '' AND name IN (SELECT p.name FROM persons p WHERE p.id = :1 UNION SELECT c.name FROM credits c WHERE c.person_id = :1)
  AND talk_id IN (SELECT t.id FROM talks t JOIN events e ON e.id = t.event_id
    WHERE e.series_id IN (SELECT known.series_id FROM credits c JOIN talks k ON k.id = c.talk_id JOIN events known ON known.id = k.event_id WHERE c.person_id = :1))
