SELECT COUNT(*) FROM talks WHERE code = :1
