SELECT name, hash, told FROM cut_files WHERE cut_id = :1 AND source_hash = :2 AND profile = :3 ORDER BY name
