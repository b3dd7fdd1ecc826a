SELECT r.id, r.source, r.origin, CASE WHEN r.done_by = 'person' THEN COALESCE(p.name, '') ELSE r.done_by END, r.started_at_ms, r.finished_at_ms, r.state, r.message, r.counts, r.findings_run,
  r.undone_at_ms, CASE WHEN r.undone_by = 'person' THEN COALESCE(u.name, '') ELSE r.undone_by END, r.undo_left
FROM archive_runs r LEFT JOIN persons p ON p.id = r.person_id LEFT JOIN persons u ON u.id = r.undone_person_id WHERE r.id = :1
