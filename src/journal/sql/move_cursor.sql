UPDATE journal_cursors SET position = :2 WHERE name = :1
