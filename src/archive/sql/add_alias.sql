INSERT INTO archive_aliases (path, talk_id, event_id) VALUES (:1, :2, :3) ON CONFLICT DO NOTHING
