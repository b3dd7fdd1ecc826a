UPDATE keeper_cases SET state = 2, undo = '' WHERE id = :1 AND kind = 4
