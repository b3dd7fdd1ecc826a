SELECT t.id, t.guid, t.abstract, t.description, t.origin_url, t.updated_at_ms, COALESCE(r.source, '')
FROM talks t LEFT JOIN archive_records r ON r.talk_id = t.id WHERE t.id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:1 AS json)) AS ids(value))
