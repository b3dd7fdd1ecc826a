SELECT talk_id, status, status_note, available_from_ms, recorded_day, recorded_local, recorded_offset_minutes, recorded_precision, duration_seconds, duration_repair, quality_notes, copyright, license, thumbnail_url, updated_at_ms, version
FROM recordings WHERE talk_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:1 AS json)) AS ids(value))
