SELECT COUNT(*) FROM persons WHERE code = :1
