DELETE FROM mail_attachments WHERE mail = :1
