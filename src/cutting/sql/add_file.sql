INSERT INTO cut_files (cut_id, source_hash, profile, name, hash)
VALUES (:1, :2, :3, :4, :5)
