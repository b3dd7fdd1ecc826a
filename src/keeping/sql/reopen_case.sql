UPDATE keeper_cases SET state = 0, decided_at_ms = NULL, decided_by = NULL, answer = '', undo = '' WHERE id = :1 AND state <> 0
