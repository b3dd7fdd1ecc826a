INSERT INTO archive_withheld (talk_id, name_hash) VALUES (:1, :2) ON CONFLICT DO NOTHING
