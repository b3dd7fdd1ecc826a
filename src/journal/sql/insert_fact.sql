INSERT INTO journal_facts (position, at_ms, person, done_by, name, series, event, subject, data)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9)
