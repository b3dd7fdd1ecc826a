SELECT id, event_id, snapshot FROM releases WHERE snapshot LIKE :1
