SELECT k.cut_id, k.person_id, p.name, 0, k.taken_at_ms
FROM cut_takers k JOIN cuts c ON c.id = k.cut_id JOIN persons p ON p.id = k.person_id
WHERE c.event_id = :1 AND (c.published_at_ms IS NULL OR k.taken_at_ms > c.published_at_ms)
UNION ALL
SELECT l.cut_id, l.person_id, l.name, l.is_speaker, NULL
FROM review_links l JOIN cuts c ON c.id = l.cut_id
WHERE c.event_id = :1 AND l.revoked_at_ms IS NULL AND l.expires_at_ms > :2
ORDER BY 1
