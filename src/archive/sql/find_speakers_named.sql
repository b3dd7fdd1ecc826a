SELECT id, slug, name FROM archive_speakers WHERE name IN (SELECT value FROM json_each(:1)) ORDER BY id
