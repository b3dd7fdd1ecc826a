SELECT name, content_type, content FROM mail_attachments WHERE mail = :1 ORDER BY number
