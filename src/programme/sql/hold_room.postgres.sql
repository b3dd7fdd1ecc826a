SELECT COUNT(*) FROM (SELECT id FROM rooms WHERE id = :1 AND deleted_at_ms IS NULL FOR SHARE) held
