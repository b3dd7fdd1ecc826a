SELECT position, at_ms, person, done_by, name, series, event, subject, data
FROM journal_facts
WHERE position > :1
ORDER BY position
LIMIT :2
