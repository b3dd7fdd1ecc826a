SELECT s.id, s.slug, s.title, COUNT(DISTINCT a.event_id), CAST(COALESCE(MIN(CASE WHEN a.year > 0 THEN a.year END), 0) AS BIGINT), MAX(a.year), COUNT(*), CAST(COALESCE(SUM(a.has_video), 0) AS BIGINT), CAST(COALESCE(SUM(a.length_seconds), 0) AS BIGINT)
FROM archive_talks a JOIN series s ON s.id = a.series_id WHERE a.day < :1 OR a.has_video = 1
GROUP BY s.id, s.slug, s.title ORDER BY 7 DESC, s.slug
