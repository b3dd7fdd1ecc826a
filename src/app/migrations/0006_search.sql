-- Full-text search. One row a document; *_words are its folded words in order, `terms` each of them once with marks (search/terms.h).
-- The table is the same on both databases, so that a backup of one fills the other; each has its own index over `terms`.
CREATE TABLE search_documents (
  id {{id}},
  kind TEXT NOT NULL,
  doc_key TEXT NOT NULL,
  event BIGINT NOT NULL DEFAULT 0,
  language TEXT NOT NULL DEFAULT '',
  heading TEXT NOT NULL,
  title_words TEXT NOT NULL,
  names_words TEXT NOT NULL,
  tags_words TEXT NOT NULL,
  title TEXT NOT NULL,
  body_words TEXT NOT NULL,
  terms TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (kind, doc_key)
);
CREATE INDEX search_documents_event ON search_documents (event);

-- @sqlite
-- External content: SQLite 3.40 cannot delete from a contentless index. Our words are made by our own tokeniser, so the index only splits at spaces
-- (every byte from 0x80 up is part of a word for `ascii`); it answers which documents, not where: detail=none.
CREATE VIRTUAL TABLE search_index USING fts5(terms, content='search_documents', content_rowid='id', tokenize="ascii tokenchars '=^+#'", detail=none, columnsize=0);
CREATE TRIGGER search_documents_inserted AFTER INSERT ON search_documents BEGIN
  INSERT INTO search_index (rowid, terms) VALUES (new.id, new.terms);
END;
CREATE TRIGGER search_documents_deleted AFTER DELETE ON search_documents BEGIN
  INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.id, old.terms);
END;
CREATE TRIGGER search_documents_updated AFTER UPDATE OF terms ON search_documents BEGIN
  INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.id, old.terms);
  INSERT INTO search_index (rowid, terms) VALUES (new.id, new.terms);
END;

-- @postgres
CREATE INDEX search_documents_terms ON search_documents USING gin (array_to_tsvector(string_to_array(terms, ' ')));
-- Parts of words: a trusted extension, which the owner of a database may create; where that is refused, headings are read one by one (and the log says so).
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX search_documents_heading ON search_documents USING gin (heading gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
  RAISE NOTICE 'search works without pg_trgm: %', SQLERRM;
END
$$;
