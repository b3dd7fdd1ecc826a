SELECT m.team_id, p.id, p.code, p.guid, p.name, p.biography, p.avatar_url, p.contact_email, p.language, p.created_at_ms, p.version
FROM persons p JOIN team_members m ON m.person_id = p.id WHERE m.team_id IN (SELECT value FROM json_each(:1)) ORDER BY p.name, p.id
