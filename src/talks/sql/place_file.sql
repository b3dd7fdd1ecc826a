UPDATE talk_files SET position = :2, title = :3 WHERE id = :1
