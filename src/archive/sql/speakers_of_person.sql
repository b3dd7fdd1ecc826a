SELECT DISTINCT p.id, p.slug, p.name FROM archive_speakers p WHERE p.person_id = :1 OR p.merged_into IN (SELECT id FROM archive_speakers WHERE person_id = :1) ORDER BY p.id
