UPDATE recorders SET folder_note = :2 WHERE id = :1
