SELECT mail_id FROM keeper_cases WHERE kind IN (1, 2, 3) AND state <> 0 AND decided_at_ms < :1 AND mail_id <> 0 ORDER BY id
