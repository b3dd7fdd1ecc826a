SELECT position FROM journal_cursors WHERE name = :1 FOR UPDATE
