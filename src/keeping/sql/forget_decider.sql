UPDATE keeper_cases SET decided_by = NULL WHERE decided_by = :1
