DELETE FROM keeper_cases WHERE asked_by = :1
