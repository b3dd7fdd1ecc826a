SELECT talk_id, starred, at_ms FROM star_items WHERE set_id = :1
