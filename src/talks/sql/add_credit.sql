INSERT INTO credits (talk_id, position, person_id, name, role, guid, biography, avatar_url, extra) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9)
