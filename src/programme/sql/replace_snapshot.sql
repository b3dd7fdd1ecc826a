UPDATE releases SET snapshot = :2 WHERE id = :1
