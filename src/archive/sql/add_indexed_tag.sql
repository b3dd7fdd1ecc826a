INSERT INTO archive_talk_tags (talk_id, tag_id) VALUES (:1, :2) ON CONFLICT DO NOTHING
