SELECT t.code FROM videos v JOIN talks t ON t.id = v.talk_id LEFT JOIN recordings r ON r.talk_id = v.talk_id WHERE r.talk_id IS NULL ORDER BY t.code
