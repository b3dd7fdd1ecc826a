UPDATE talk_files SET removed_at_ms = :2 WHERE id = :1 AND removed_at_ms IS NULL AND erased_at_ms IS NULL
