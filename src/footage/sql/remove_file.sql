DELETE FROM media_files WHERE id = :1
