SELECT title, body FROM search_documents WHERE id = :1
