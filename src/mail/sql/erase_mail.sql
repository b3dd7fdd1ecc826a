DELETE FROM mail_outbox WHERE id = :1
