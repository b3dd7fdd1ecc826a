SELECT code FROM tracks WHERE event_id = :1
