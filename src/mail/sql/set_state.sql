UPDATE mail_outbox SET state = :2, problem = :3, sent_at_ms = :4 WHERE id = :1
