SELECT d.id, d.kind, d.doc_key, d.event, d.language, d.title_words, d.names_words, d.tags_words, d.body_words
FROM search_documents d
WHERE instr(d.heading, :1) > 0
  AND (CAST(:2 AS BIGINT) = 0 OR d.event = :2)
  AND (CAST(:3 AS TEXT) = '' OR d.kind = :3)
ORDER BY d.id DESC
LIMIT :4
