SELECT c.kind, COUNT(*), MIN(c.asked_at_ms) FROM keeper_cases c LEFT JOIN archive_speakers s ON s.id = c.speaker_id LEFT JOIN archive_speakers o ON o.id = c.other_id
WHERE c.state = 0 AND (c.kind <> 0 OR (COALESCE(s.merged_into, s.id) <> COALESCE(o.merged_into, o.id) AND s.name <> '' AND o.name <> '')) GROUP BY c.kind ORDER BY c.kind
