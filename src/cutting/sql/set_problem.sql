UPDATE cuts SET problem = :2 WHERE id = :1
