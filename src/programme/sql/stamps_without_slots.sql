SELECT e.slug, p.slot_guid FROM slot_stamps p JOIN events e ON e.id = p.event_id
WHERE NOT EXISTS (SELECT 1 FROM slots s WHERE s.event_id = p.event_id AND s.guid = p.slot_guid) ORDER BY e.slug, p.slot_guid
