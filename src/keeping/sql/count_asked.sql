SELECT COUNT(*) FROM keeper_cases WHERE state = 0 AND kind <> 0
