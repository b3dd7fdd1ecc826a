SELECT slug FROM events WHERE deleted_at_ms IS NULL AND kind <> 2 AND (zone IS NULL OR start_date IS NULL OR end_date IS NULL OR end_date < start_date) ORDER BY slug
