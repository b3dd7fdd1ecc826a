SELECT DISTINCT file_hash FROM videos WHERE file_hash <> ''
