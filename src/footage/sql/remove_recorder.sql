DELETE FROM recorders WHERE id = :1
