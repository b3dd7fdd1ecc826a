SELECT slot_guid, sequence, changed_at_ms FROM slot_stamps WHERE event_id = :1
