SELECT id, slug, name FROM archive_speakers WHERE name IN (SELECT value FROM json_array_elements_text(CAST(:1 AS json)) AS listed(value)) ORDER BY id
