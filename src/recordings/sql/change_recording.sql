UPDATE recordings SET status = :3, status_note = :4, available_from_ms = :5, recorded_day = :6, recorded_local = :7, recorded_offset_minutes = :8, recorded_precision = :9, duration_seconds = :10, duration_repair = :11, quality_notes = :12, copyright = :13, license = :14, thumbnail_url = :15, updated_at_ms = :16, embargo_of_event = :17, version = version + 1
WHERE talk_id = :1 AND version = :2
