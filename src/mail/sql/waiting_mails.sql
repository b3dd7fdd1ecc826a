SELECT id FROM mail_outbox WHERE state = 0 ORDER BY id
