INSERT INTO rule_severities (event_id, rule, severity) VALUES (:1, :2, :3)
ON CONFLICT (event_id, rule) DO UPDATE SET severity = excluded.severity
