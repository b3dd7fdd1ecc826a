SELECT id, talk_id, position, kind, place, url, external_id, file_hash, media_type, told_type, label, language, quality, license, length_seconds, size_bytes, width, height, poster_url, health, checked_at_ms, check_note, failures, failing_since_ms, counted_at_ms, seen_at_ms, moved_to, marked_by_hand
FROM videos WHERE talk_id IN (SELECT value FROM json_each(:1)) ORDER BY talk_id, position
