SELECT e.slug, COUNT(*) FROM slots s JOIN events e ON e.id = s.event_id LEFT JOIN talks t ON t.id = s.talk_id
WHERE s.room_id = :1 AND s.deleted_at_ms IS NULL AND t.deleted_at_ms IS NULL GROUP BY e.slug ORDER BY e.slug
