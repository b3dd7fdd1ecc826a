SELECT id, talk_id, position, kind, place, url, external_id, file_hash, media_type, told_type, label, language, quality, license, length_seconds, size_bytes, width, height, poster_url, health, checked_at_ms, check_note
FROM videos WHERE talk_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:1 AS json)) AS ids(value)) ORDER BY talk_id, position
