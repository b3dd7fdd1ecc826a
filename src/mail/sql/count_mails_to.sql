SELECT COUNT(*) FROM mail_outbox WHERE to_folded = :1 AND kind = :2 AND created_at_ms > :3
