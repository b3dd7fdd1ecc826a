INSERT INTO mail_outbox (person, event, kind, to_address, to_folded, to_name, subject, body, language, state, created_at_ms)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11)
RETURNING id
