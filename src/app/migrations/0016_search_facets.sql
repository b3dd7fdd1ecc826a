-- Documents get facets, a date and a place; the index over them is made in memory from these rows (src/search/README.md), so that the databases' own go.

-- @sqlite
DROP TRIGGER search_documents_inserted;
DROP TRIGGER search_documents_deleted;
DROP TRIGGER search_documents_updated;
DROP TABLE search_index;
-- @postgres
DROP INDEX IF EXISTS search_documents_heading;
DROP INDEX search_documents_terms;
-- @both
ALTER TABLE search_documents ADD COLUMN names TEXT NOT NULL DEFAULT '';
ALTER TABLE search_documents ADD COLUMN tags TEXT NOT NULL DEFAULT '';
ALTER TABLE search_documents ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE search_documents ADD COLUMN transcript TEXT NOT NULL DEFAULT '';
ALTER TABLE search_documents ADD COLUMN facets TEXT NOT NULL DEFAULT '';
ALTER TABLE search_documents ADD COLUMN sort_date BIGINT NOT NULL DEFAULT 0;
-- Folded words are found as well as what they were made of.
UPDATE search_documents SET names = names_words, tags = tags_words;
ALTER TABLE search_documents DROP COLUMN heading;
ALTER TABLE search_documents DROP COLUMN title_words;
ALTER TABLE search_documents DROP COLUMN names_words;
ALTER TABLE search_documents DROP COLUMN tags_words;
ALTER TABLE search_documents DROP COLUMN body_words;
ALTER TABLE search_documents DROP COLUMN terms;

-- One row: counts the transactions that changed documents. Whoever holds an index of an older version reads what has changed since.
CREATE TABLE search_state (version BIGINT NOT NULL);
INSERT INTO search_state (version) VALUES (0);
-- The last of them: ids of search_documents, separated by spaces; '*' for very many.
CREATE TABLE search_changes (
  version BIGINT PRIMARY KEY,
  documents TEXT NOT NULL
);
