UPDATE program_runs SET state = :2, attempts = :3, exit_code = :4, words = :5, url = :6, ended_at_ms = :7 WHERE id = :1
