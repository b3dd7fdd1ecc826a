SELECT COALESCE(MIN(id), 0) FROM archive_runs WHERE findings_hash = :1 AND findings_run = id
