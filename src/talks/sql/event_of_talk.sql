SELECT event_id FROM talks WHERE id = :1
