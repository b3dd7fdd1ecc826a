INSERT INTO slot_stamps (event_id, slot_guid, sequence, changed_at_ms) VALUES (:1, :2, :3, :4)
ON CONFLICT (event_id, slot_guid) DO UPDATE SET sequence = excluded.sequence, changed_at_ms = excluded.changed_at_ms
