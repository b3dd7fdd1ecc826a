SELECT t.id, t.code, e.id, e.series_id, v.url FROM videos v JOIN talks t ON t.id = v.talk_id JOIN events e ON e.id = t.event_id WHERE v.id = :1 AND t.deleted_at_ms IS NULL
