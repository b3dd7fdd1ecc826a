SELECT c.talk_id, c.person_id, p.code, c.name, c.role, c.guid, c.biography, c.avatar_url, c.extra
FROM credits c LEFT JOIN persons p ON p.id = c.person_id WHERE c.talk_id = :1 ORDER BY c.position
