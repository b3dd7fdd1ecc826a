SELECT s.id FROM slots s JOIN talks t ON t.id = s.talk_id WHERE s.deleted_at_ms IS NULL AND t.deleted_at_ms IS NOT NULL ORDER BY s.id
