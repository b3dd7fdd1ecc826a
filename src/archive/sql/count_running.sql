SELECT r.id, c.change, COUNT(*) FROM archive_runs r JOIN archive_changes c ON c.run_id = r.id WHERE r.state = :1 GROUP BY r.id, c.change ORDER BY r.id
