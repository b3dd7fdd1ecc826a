INSERT INTO mail_attachments (mail, number, name, content_type, content) VALUES (:1, :2, :3, :4, :5)
