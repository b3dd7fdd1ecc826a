SELECT COALESCE(MAX(position), 0) FROM journal_facts
