SELECT v.place, v.external_id, t.code, t.title, e.slug
FROM videos v JOIN talks t ON t.id = v.talk_id JOIN events e ON e.id = t.event_id
WHERE v.external_id IN (SELECT value FROM json_array_elements_text(CAST(:1 AS json)) AS ids(value)) AND v.external_id <> '' AND t.deleted_at_ms IS NULL ORDER BY t.code, v.position
