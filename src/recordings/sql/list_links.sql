SELECT v.id, v.url, v.place, v.health, v.checked_at_ms, v.check_note, v.failures, v.failing_since_ms, v.seen_at_ms, v.moved_to, v.marked_by_hand, t.code, t.title, t.slug, e.id, e.slug
FROM videos v JOIN talks t ON t.id = v.talk_id JOIN events e ON e.id = t.event_id
WHERE t.deleted_at_ms IS NULL AND v.url <> '' AND (v.health IN (2, 3) OR v.moved_to <> '' OR v.marked_by_hand = 1) ORDER BY e.slug, t.title, t.id, v.position
