SELECT e.slug, r.name, r.snapshot FROM releases r JOIN events e ON e.id = r.event_id ORDER BY r.id
