SELECT v.id, v.talk_id, v.position, v.kind, v.place, v.url, v.external_id, v.file_hash, v.media_type, v.told_type, v.label, v.language, v.quality, v.license, v.length_seconds, v.size_bytes, v.width, v.height, v.poster_url, v.health, v.checked_at_ms, v.check_note, v.failures, v.failing_since_ms, v.seen_at_ms, v.moved_to, v.marked_by_hand
FROM videos v JOIN talks t ON t.id = v.talk_id WHERE t.deleted_at_ms IS NULL AND v.url <> '' AND (v.checked_at_ms IS NULL OR v.checked_at_ms < :1)
ORDER BY v.checked_at_ms IS NOT NULL, v.checked_at_ms, v.id LIMIT :2
