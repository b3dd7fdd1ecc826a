SELECT c.talk_id, c.person_id, p.code, c.name, c.role, c.guid, c.biography, c.avatar_url, c.extra
FROM credits c JOIN talks t ON t.id = c.talk_id LEFT JOIN persons p ON p.id = c.person_id
WHERE t.event_id = :1 AND t.part_of_id IS NOT NULL ORDER BY c.talk_id, c.position
