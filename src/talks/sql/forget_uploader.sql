UPDATE talk_files SET uploaded_by = NULL WHERE uploaded_by = :1
