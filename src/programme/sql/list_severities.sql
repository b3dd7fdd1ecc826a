SELECT rule, severity FROM rule_severities WHERE event_id = :1
