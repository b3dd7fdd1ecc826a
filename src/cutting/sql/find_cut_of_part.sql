SELECT c.id, c.event_id, c.slot_number, c.talk_id, t.code, t.title, t.part_of_id, t.deleted_at_ms, c.stage, c.revision, c.plan, c.chapters, c.doubts, c.problem, c.preview_key, c.preview_hash, c.preview_from_ms, c.preview_to_ms, c.frame_rate,
  c.sound, c.wave, c.poster_hash, c.published_hash, c.published_at_ms, c.online_from_ms, c.online_title_ms, c.changed_at_ms, c.version
FROM cuts c JOIN talks t ON t.id = c.talk_id WHERE c.event_id = :1 AND c.slot_number = :2 AND t.code = :3 AND t.part_of_id IS NOT NULL
