SELECT COUNT(*) FROM pg_indexes WHERE schemaname = current_schema() AND indexname = 'search_documents_heading'
