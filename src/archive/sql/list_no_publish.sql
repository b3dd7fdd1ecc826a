SELECT source, number, reason, marked_at_ms FROM archive_no_publish ORDER BY source, number
