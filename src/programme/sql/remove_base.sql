DELETE FROM import_bases WHERE kind = :1 AND guid = :2
