SELECT id, title, body FROM search_documents WHERE id IN (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10)
