SELECT COUNT(*) FROM journal_last WHERE position < (SELECT COALESCE(MAX(position), 0) FROM journal_facts)
