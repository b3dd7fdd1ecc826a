SELECT speaker_id, other_id FROM keeper_cases WHERE kind = 0 ORDER BY id
