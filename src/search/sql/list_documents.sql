SELECT id, kind, doc_key, event, language, title, names, tags, place, body, transcript, facets, sort_date FROM search_documents ORDER BY id
