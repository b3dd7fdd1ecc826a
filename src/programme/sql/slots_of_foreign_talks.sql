SELECT s.id FROM slots s JOIN talks t ON t.id = s.talk_id WHERE s.deleted_at_ms IS NULL AND t.event_id <> s.event_id ORDER BY s.id
