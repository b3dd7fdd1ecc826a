SELECT terms FROM search_documents
