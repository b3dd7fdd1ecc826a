SELECT id, cut_id, target, occasion, source_hash, state, attempts, exit_code, words, url, queued_at_ms, ended_at_ms FROM program_runs WHERE id = :1
