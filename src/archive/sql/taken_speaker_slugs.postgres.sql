SELECT slug FROM archive_speakers WHERE slug IN (SELECT value FROM json_array_elements_text(CAST(:1 AS json)) AS listed(value))
