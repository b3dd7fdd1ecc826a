-- Dead entries leave with VACUUM, which cannot run in a transaction; a dump has none of them. What waits to be sorted in is sorted in.
SELECT gin_clean_pending_list(CAST('search_documents_terms' AS regclass))
