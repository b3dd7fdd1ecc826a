SELECT name FROM archive_speakers WHERE merged_into = :1 AND name <> '' ORDER BY name
