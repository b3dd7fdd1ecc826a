SELECT c.id, c.path, c.modified_at_ms, c.room_id, c.recorder_id FROM (
  SELECT f.id, f.path, f.modified_at_ms, f.recorder_id, r.room_id, ROW_NUMBER() OVER (PARTITION BY f.recorder_id ORDER BY f.told_at_ms, f.id) AS place
  FROM media_files f JOIN recorders r ON r.id = f.recorder_id WHERE f.state = 1 AND f.told_at_ms IS NOT NULL) c
WHERE c.place <= :1
  AND EXISTS (SELECT 1 FROM recorders o JOIN media_files g ON g.recorder_id = o.id WHERE o.room_id = c.room_id AND o.id <> c.recorder_id AND g.state = 1)
  AND NOT EXISTS (SELECT 1 FROM media_sounds s WHERE s.file_id = c.id AND s.modified_at_ms = c.modified_at_ms)
ORDER BY c.place, c.id LIMIT 1
