INSERT INTO search_documents (kind, doc_key, event, language, heading, title_words, names_words, tags_words, title, body_words, terms, body)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12)
