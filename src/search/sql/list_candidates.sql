SELECT d.id, d.kind, d.doc_key, d.event, d.language, d.title_words, d.names_words, d.tags_words, d.body_words
FROM search_index JOIN search_documents d ON d.id = search_index.rowid
WHERE search_index MATCH :1
  AND (CAST(:2 AS BIGINT) = 0 OR d.event = :2)
  AND (CAST(:3 AS TEXT) = '' OR d.kind = :3)
ORDER BY search_index.rowid DESC
LIMIT :4
