SELECT s.file_id, s.levels FROM media_sounds s JOIN media_files f ON f.id = s.file_id JOIN recorders r ON r.id = f.recorder_id
WHERE r.room_id = :1 AND r.id <> :2 ORDER BY s.file_id
