UPDATE search_state SET version = version + 1 RETURNING version
