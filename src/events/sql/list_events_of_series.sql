SELECT id, series_id, parent_id, kind, slug, acronym, guid, title, subtitle, description, place, zone, start_date, end_date, year, attendance, capacity,
       day_start_hour, languages, color, features_off, shown_merged, is_public, change_over_minutes, banner, banner_level, extra, version
FROM events WHERE series_id = :1 AND deleted_at_ms IS NULL
ORDER BY COALESCE(year, 9999), COALESCE(start_date, ''), slug
