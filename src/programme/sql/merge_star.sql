INSERT INTO star_items (set_id, talk_id, starred, at_ms) VALUES (:1, :2, :3, :4)
ON CONFLICT (set_id, talk_id) DO UPDATE SET starred = excluded.starred, at_ms = excluded.at_ms
WHERE excluded.at_ms > star_items.at_ms OR (excluded.at_ms = star_items.at_ms AND excluded.starred > star_items.starred)
