SELECT p.slug FROM archive_speakers p JOIN archive_speakers m ON m.id = p.merged_into WHERE m.merged_into IS NOT NULL ORDER BY p.slug
