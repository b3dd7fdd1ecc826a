INSERT INTO cut_files (cut_id, source_hash, profile, name, hash, told)
VALUES (:1, :2, :3, :4, :5, :6)
