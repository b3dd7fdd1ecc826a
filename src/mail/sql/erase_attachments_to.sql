DELETE FROM mail_attachments WHERE mail IN (SELECT id FROM mail_outbox WHERE to_folded = :1)
