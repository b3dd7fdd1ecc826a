SELECT t.code, t.slug, COALESCE(te.slug, e.slug, '') FROM archive_aliases a LEFT JOIN talks t ON t.id = a.talk_id AND t.deleted_at_ms IS NULL
LEFT JOIN events te ON te.id = t.event_id LEFT JOIN events e ON e.id = a.event_id
WHERE a.path = :1 AND (t.id IS NOT NULL OR a.event_id IS NOT NULL)
