DELETE FROM keeper_cases WHERE kind = 0 AND (speaker_id = :1 OR other_id = :1)
