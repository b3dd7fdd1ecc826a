SELECT id, series_id, parent_id, kind, slug, acronym, guid, title, subtitle, description, place, zone, start_date, end_date, year, attendance, capacity,
       day_start_hour, languages, color, features_off, shown_merged, is_public, change_over_minutes, banner, banner_level, extra, version
FROM events WHERE deleted_at_ms IS NULL
ORDER BY CASE WHEN start_date IS NULL THEN 1 ELSE 0 END, start_date DESC, year DESC, slug
