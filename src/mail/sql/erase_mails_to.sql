DELETE FROM mail_outbox WHERE to_folded = :1
