SELECT s.id FROM slots s JOIN rooms r ON r.id = s.room_id WHERE s.deleted_at_ms IS NULL AND r.deleted_at_ms IS NOT NULL ORDER BY s.id
