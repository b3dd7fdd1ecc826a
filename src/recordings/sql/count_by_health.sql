SELECT v.health, COUNT(*) FROM videos v JOIN talks t ON t.id = v.talk_id WHERE t.deleted_at_ms IS NULL AND v.url <> '' GROUP BY v.health
