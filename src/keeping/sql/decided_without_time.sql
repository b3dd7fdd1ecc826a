SELECT id FROM keeper_cases WHERE state <> 0 AND decided_at_ms IS NULL ORDER BY id
