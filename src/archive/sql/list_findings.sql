SELECT kind, count, message, places FROM archive_findings WHERE run_id = :1 ORDER BY count DESC, kind
