SELECT t.code FROM credits c JOIN talks t ON t.id = c.talk_id WHERE c.name = '' AND c.person_id IS NOT NULL ORDER BY t.code
