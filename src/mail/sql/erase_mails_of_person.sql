DELETE FROM mail_outbox WHERE person = :1
