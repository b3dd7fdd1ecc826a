SELECT DISTINCT v.talk_id FROM videos v JOIN talks t ON t.id = v.talk_id WHERE v.place = :1 AND v.external_id = :2 AND t.deleted_at_ms IS NULL ORDER BY v.talk_id
