INSERT INTO archive_no_publish (source, number, reason, marked_at_ms) VALUES (:1, :2, :3, :4) ON CONFLICT DO NOTHING
