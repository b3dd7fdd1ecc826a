SELECT t.code FROM videos v JOIN talks t ON t.id = v.talk_id WHERE v.url = '' AND v.file_hash = '' ORDER BY t.code
