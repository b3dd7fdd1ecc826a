SELECT version FROM search_state
