SELECT id, kind, doc_key, event, language, title, names, tags, place, body, transcript, facets, sort_date FROM search_documents
WHERE id IN (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12, :13, :14, :15, :16) ORDER BY id
