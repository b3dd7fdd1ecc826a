SELECT c.talk_id, t.event_id, c.change, c.before FROM archive_changes c JOIN talks t ON t.id = c.talk_id WHERE c.run_id = :1 ORDER BY t.event_id, c.talk_id
