DELETE FROM search_changes WHERE version <= :1
