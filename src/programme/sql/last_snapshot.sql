SELECT snapshot FROM releases WHERE event_id = :1 ORDER BY revision DESC LIMIT 1
