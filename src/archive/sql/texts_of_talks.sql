SELECT t.id, t.guid, t.abstract, t.description, t.origin_url, t.updated_at_ms, COALESCE(r.source, '')
FROM talks t LEFT JOIN archive_records r ON r.talk_id = t.id WHERE t.id IN (SELECT value FROM json_each(:1))
