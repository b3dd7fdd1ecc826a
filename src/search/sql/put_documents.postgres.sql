INSERT INTO search_documents (kind, doc_key, event, language, title, names, tags, place, body, transcript, facets, sort_date)
SELECT j.value ->> 0, j.value ->> 1, CAST(j.value ->> 2 AS BIGINT), j.value ->> 3, j.value ->> 4, j.value ->> 5, j.value ->> 6, j.value ->> 7, j.value ->> 8,
  j.value ->> 9, j.value ->> 10, CAST(j.value ->> 11 AS BIGINT)
FROM json_array_elements(CAST(CAST(:1 AS TEXT) AS JSON)) j
ON CONFLICT (kind, doc_key) DO UPDATE SET event = excluded.event, language = excluded.language, title = excluded.title, names = excluded.names,
  tags = excluded.tags, place = excluded.place, body = excluded.body, transcript = excluded.transcript, facets = excluded.facets, sort_date = excluded.sort_date
RETURNING id
