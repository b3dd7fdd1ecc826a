SELECT r.talk_id, r.status, r.status_note, r.available_from_ms, r.recorded_day, r.recorded_local, r.recorded_offset_minutes, r.recorded_precision, r.duration_seconds, r.duration_repair, r.quality_notes, r.copyright, r.license, r.thumbnail_url, r.updated_at_ms, r.version
FROM recordings r JOIN talks t ON t.id = r.talk_id WHERE t.event_id = :1 AND t.deleted_at_ms IS NULL ORDER BY r.talk_id
