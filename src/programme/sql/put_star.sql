INSERT INTO star_items (set_id, talk_id, starred, at_ms)
SELECT CAST(:1 AS BIGINT), t.id, CAST(:3 AS BIGINT), CAST(:4 AS BIGINT) FROM talks t WHERE t.code = :2 AND t.event_id = :5
ON CONFLICT (set_id, talk_id) DO UPDATE SET starred = excluded.starred, at_ms = excluded.at_ms
WHERE excluded.at_ms > star_items.at_ms OR (excluded.at_ms = star_items.at_ms AND excluded.starred > star_items.starred)
