DELETE FROM card_templates WHERE event_id = :1 AND kind = :2
