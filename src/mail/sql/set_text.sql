UPDATE mail_outbox SET body = :2 WHERE id = :1
