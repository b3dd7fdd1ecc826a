SELECT t.code FROM archive_records r JOIN archive_no_publish n ON n.source = r.source AND n.number = r.number JOIN talks t ON t.id = r.talk_id
WHERE t.deleted_at_ms IS NULL ORDER BY t.code
