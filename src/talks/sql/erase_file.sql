UPDATE talk_files SET title = '', name = '', hash = '', size_bytes = 0, uploaded_by = NULL, erased_at_ms = :2, removed_at_ms = COALESCE(removed_at_ms, :2) WHERE id = :1 AND erased_at_ms IS NULL
