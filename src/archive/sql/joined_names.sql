SELECT id FROM archive_speakers WHERE merged_into = :1 ORDER BY id
