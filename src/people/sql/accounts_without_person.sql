SELECT a.person_id FROM accounts a JOIN persons p ON p.id = a.person_id WHERE p.deleted_at_ms IS NOT NULL ORDER BY a.person_id
