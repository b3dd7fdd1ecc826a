SELECT COUNT(*) FROM keeper_cases WHERE state = 0 AND kind = 1 AND talk_id = :1
