SELECT COUNT(*) FROM keeper_cases WHERE state = 0 AND kind = :1 AND speaker_id = :2 AND (CAST(:3 AS BIGINT) = 0 OR asked_by = :3)
