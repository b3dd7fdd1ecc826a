SELECT t.code, r.source, r.path, r.raw FROM archive_records r JOIN talks t ON t.id = r.talk_id
WHERE r.event_id = :1 AND t.deleted_at_ms IS NULL AND t.state <> 5 ORDER BY t.code
