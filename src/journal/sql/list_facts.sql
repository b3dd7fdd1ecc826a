SELECT position, at_ms, person, done_by, name, series, event, subject, data
FROM journal_facts
WHERE position < :1
  AND (CAST(:2 AS BIGINT) = 0 OR series = :2)
  AND substr(name, 1, length(CAST(:3 AS TEXT))) = :3
ORDER BY position DESC
LIMIT :4
