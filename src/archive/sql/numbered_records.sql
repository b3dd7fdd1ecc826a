SELECT r.talk_id, r.event_id, t.code FROM archive_records r JOIN talks t ON t.id = r.talk_id WHERE r.source = :1 AND r.number = :2 AND t.deleted_at_ms IS NULL
