UPDATE cuts SET shown_hash = :2 WHERE id = :1
