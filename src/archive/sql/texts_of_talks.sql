SELECT t.id, t.guid, t.abstract, t.description, t.origin_url, t.updated_at_ms, CASE WHEN t.state <> 5 AND e.kind <> 2 THEN '' ELSE COALESCE(r.source, '') END
FROM talks t JOIN events e ON e.id = t.event_id LEFT JOIN archive_records r ON r.talk_id = t.id WHERE t.id IN (SELECT value FROM json_each(:1))
