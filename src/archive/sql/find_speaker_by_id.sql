SELECT id, slug, name, person_id, merged_into FROM archive_speakers WHERE id = :1
