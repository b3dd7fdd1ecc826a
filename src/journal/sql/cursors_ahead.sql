SELECT name, position FROM journal_cursors WHERE position > (SELECT COALESCE(MAX(position), 0) FROM journal_facts) ORDER BY name
