INSERT INTO journal_last (id, position) VALUES (1, :1)
ON CONFLICT (id) DO UPDATE SET position = journal_last.position + excluded.position
RETURNING position
