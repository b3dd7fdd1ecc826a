SELECT snapshot FROM releases WHERE event_id = :1 AND name = :2
