SELECT id, event, person, to_address, to_name, subject, body, kind, problem, state, created_at_ms, sent_at_ms FROM mail_outbox WHERE id = :1
