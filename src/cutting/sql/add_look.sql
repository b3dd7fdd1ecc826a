INSERT INTO cut_looks (cut_id, revision, plan_key, name, person_id, is_speaker, is_good, note, at_ms)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9)
