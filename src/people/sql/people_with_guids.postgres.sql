SELECT id, code, guid, name, biography, avatar_url, contact_email, language, created_at_ms, version FROM persons
WHERE deleted_at_ms IS NULL AND guid IN (SELECT value FROM json_array_elements_text(CAST(:1 AS JSON)))
