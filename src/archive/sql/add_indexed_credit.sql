INSERT INTO archive_credits (talk_id, position, speaker_id) VALUES (:1, :2, :3)
