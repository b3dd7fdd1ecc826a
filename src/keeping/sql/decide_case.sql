UPDATE keeper_cases SET state = :2, decided_at_ms = :3, decided_by = :4, answer = :5, mail_id = :6, undo = :7 WHERE id = :1 AND state = 0
