SELECT version, documents FROM search_changes WHERE version > :1 AND version <= :2 ORDER BY version
