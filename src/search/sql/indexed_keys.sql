SELECT event, doc_key FROM search_documents WHERE kind = :1 ORDER BY event, doc_key
