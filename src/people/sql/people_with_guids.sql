SELECT id, code, guid, name, biography, avatar_url, contact_email, language, created_at_ms, version FROM persons
WHERE deleted_at_ms IS NULL AND guid IN (SELECT value FROM json_each(:1))
