INSERT INTO search_changes (version, documents) VALUES (:1, :2)
