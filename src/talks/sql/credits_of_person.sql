SELECT t.code, t.title, c.name, c.role, c.biography, c.avatar_url
FROM credits c JOIN talks t ON t.id = c.talk_id WHERE c.person_id = :1 ORDER BY t.code, c.position
