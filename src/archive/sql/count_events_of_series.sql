SELECT e.id, e.slug, e.title, e.series_id, MIN(a.day), MAX(a.day), CAST(COALESCE(e.year, MAX(a.year)) AS BIGINT), COUNT(*), CAST(COALESCE(SUM(a.has_video), 0) AS BIGINT), CAST(COALESCE(SUM(a.length_seconds), 0) AS BIGINT)
FROM archive_talks a JOIN events e ON e.id = a.event_id WHERE (a.day < :1 OR a.has_video = 1) AND a.series_id = :2
GROUP BY e.id, e.slug, e.title, e.series_id, e.year ORDER BY 7 DESC, MAX(a.day) DESC, e.slug
