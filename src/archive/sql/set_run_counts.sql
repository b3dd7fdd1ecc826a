UPDATE archive_runs SET counts = :2 WHERE id = :1
