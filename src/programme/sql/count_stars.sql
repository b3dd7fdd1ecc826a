SELECT t.code, COUNT(*) FROM star_items i JOIN talks t ON t.id = i.talk_id
WHERE t.event_id = :1 AND i.starred = 1 GROUP BY t.code ORDER BY t.code
