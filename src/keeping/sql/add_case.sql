INSERT INTO keeper_cases (kind, talk_id, speaker_id, other_id, reason, asked_by, email, language, note, content, asked_at_ms) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11) RETURNING id
