DELETE FROM search_documents WHERE event = :1 RETURNING id
