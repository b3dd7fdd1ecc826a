SELECT r.talk_id, t.code, r.path, r.number, r.hash, r.raw, r.repaired, r.talk_version, r.recording_version, CASE WHEN t.deleted_at_ms IS NULL THEN 0 ELSE 1 END, r.run_id, r.undone, r.source, COALESCE(s.path, '')
FROM archive_records r JOIN talks t ON t.id = r.talk_id LEFT JOIN archive_event_sources s ON s.event_id = r.event_id WHERE r.talk_id = :1
