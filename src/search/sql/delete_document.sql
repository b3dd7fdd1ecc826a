DELETE FROM search_documents WHERE kind = :1 AND doc_key = :2 RETURNING id
