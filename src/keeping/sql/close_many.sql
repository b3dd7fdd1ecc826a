UPDATE keeper_cases SET state = 2, undo = '', taken_back_at_ms = :2, taken_back_by = :3 WHERE id = :1 AND kind = 4
