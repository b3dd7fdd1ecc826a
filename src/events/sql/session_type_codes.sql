SELECT code FROM session_types WHERE event_id = :1
