SELECT m.team_id, p.id, p.code, p.guid, p.name, p.biography, p.avatar_url, p.contact_email, p.language, p.created_at_ms, p.version
FROM persons p JOIN team_members m ON m.person_id = p.id
WHERE m.team_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:1 AS JSON))) ORDER BY p.name, p.id
