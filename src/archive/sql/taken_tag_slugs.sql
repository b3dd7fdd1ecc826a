SELECT slug FROM archive_tags WHERE slug IN (SELECT value FROM json_each(:1))
