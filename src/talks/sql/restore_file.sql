UPDATE talk_files SET removed_at_ms = NULL, position = :2 WHERE id = :1 AND removed_at_ms IS NOT NULL AND erased_at_ms IS NULL
