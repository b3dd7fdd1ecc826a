-- A removed word stays in the old part of the index until parts are merged.
INSERT INTO search_index (search_index) VALUES ('optimize')
