INSERT INTO videos (talk_id, position, kind, place, url, external_id, file_hash, media_type, told_type, label, language, quality, license, length_seconds, size_bytes, width, height, poster_url, health, checked_at_ms, check_note, created_at_ms)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12, :13, :14, :15, :16, :17, :18, :19, :20, :21, :22) RETURNING id
