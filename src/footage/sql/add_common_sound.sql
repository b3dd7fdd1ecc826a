INSERT INTO common_sounds (one_id, other_id, lag_ms) SELECT a.id, b.id, :3 FROM media_files a, media_files b WHERE a.id = :1 AND b.id = :2
