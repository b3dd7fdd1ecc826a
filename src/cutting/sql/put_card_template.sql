INSERT INTO card_templates (event_id, kind, svg, changed_at_ms) VALUES (:1, :2, :3, :4)
ON CONFLICT (event_id, kind) DO UPDATE SET svg = excluded.svg, changed_at_ms = excluded.changed_at_ms
