SELECT to_address, to_name, subject, body, language, state, created_at_ms FROM mail_outbox WHERE id = :1
