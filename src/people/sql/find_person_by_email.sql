SELECT p.id, p.code, p.guid, p.name, p.biography, p.avatar_url, p.contact_email, p.language, p.created_at_ms, p.version
FROM persons p JOIN accounts a ON a.person_id = p.id WHERE a.email_folded = :1 AND p.deleted_at_ms IS NULL
