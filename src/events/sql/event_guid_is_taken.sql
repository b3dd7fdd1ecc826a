SELECT COUNT(*) FROM events WHERE guid = :1 AND id <> :2
