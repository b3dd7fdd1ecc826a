SELECT position, at_ms, person, done_by, name, series, event, subject, data
FROM journal_facts
WHERE event = :1 AND position > :2
ORDER BY position
LIMIT :3
