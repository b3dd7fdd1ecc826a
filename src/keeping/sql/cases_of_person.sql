SELECT c.id, c.kind, c.state, c.talk_id, c.speaker_id, c.other_id, c.reason, c.asked_by, c.email, c.language, c.note, c.content, c.asked_at_ms, c.decided_at_ms, c.decided_by, c.answer, c.mail_id, c.undo,
  COALESCE(t.code, ''), COALESCE(t.title, ''), COALESCE('/' || e.slug || '/talks/' || t.code || '-' || t.slug, ''), COALESCE(sp.name, ''), COALESCE(sp.slug, ''), COALESCE(op.name, ''), COALESCE(op.slug, ''), COALESCE(a.name, ''), COALESCE(d.name, ''), COALESCE(sp.id, 0), COALESCE(op.id, 0),
  CASE WHEN c.kind = 1 AND c.asked_by IS NOT NULL AND EXISTS (SELECT 1 FROM archive_credits x JOIN archive_speakers p ON p.id = x.speaker_id JOIN archive_speakers q ON q.id = COALESCE(p.merged_into, p.id) WHERE x.talk_id = c.talk_id AND q.person_id = c.asked_by) THEN 1 ELSE 0 END,
  c.taken_back_at_ms, c.taken_back_by, COALESCE(b.name, '')
FROM keeper_cases c LEFT JOIN talks t ON t.id = c.talk_id LEFT JOIN events e ON e.id = t.event_id
LEFT JOIN archive_speakers s ON s.id = c.speaker_id LEFT JOIN archive_speakers sp ON sp.id = COALESCE(s.merged_into, s.id)
LEFT JOIN archive_speakers o ON o.id = c.other_id LEFT JOIN archive_speakers op ON op.id = COALESCE(o.merged_into, o.id)
LEFT JOIN persons a ON a.id = c.asked_by LEFT JOIN persons d ON d.id = c.decided_by LEFT JOIN persons b ON b.id = c.taken_back_by
WHERE c.asked_by = :1 ORDER BY c.id
