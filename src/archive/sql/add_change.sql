INSERT INTO archive_changes (run_id, talk_id, change, before) VALUES (:1, :2, :3, :4) ON CONFLICT DO NOTHING
