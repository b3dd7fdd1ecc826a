SELECT slug FROM archive_speakers WHERE slug IN (SELECT value FROM json_each(:1))
