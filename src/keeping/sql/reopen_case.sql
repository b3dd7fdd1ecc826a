UPDATE keeper_cases SET state = 0, decided_at_ms = NULL, decided_by = NULL, answer = '', undo = '', taken_back_at_ms = :2, taken_back_by = :3 WHERE id = :1 AND state <> 0
