INSERT INTO recordings (talk_id, status, status_note, available_from_ms, recorded_day, recorded_local, recorded_offset_minutes, recorded_precision, duration_seconds, duration_repair, quality_notes, copyright, license, thumbnail_url, created_at_ms, updated_at_ms, embargo_of_event, chapters)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12, :13, :14, :15, :15, :16, :17)
