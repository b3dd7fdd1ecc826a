SELECT COUNT(*), CAST(COALESCE(SUM(a.has_video), 0) AS BIGINT), CAST(COALESCE(SUM(a.length_seconds), 0) AS BIGINT), COUNT(DISTINCT a.event_id), COUNT(DISTINCT a.series_id), COUNT(DISTINCT a.language), CAST(COALESCE(MIN(CASE WHEN a.year > 0 THEN a.year END), 0) AS BIGINT), CAST(COALESCE(MAX(a.year), 0) AS BIGINT)
FROM archive_talks a WHERE a.day < :1 OR a.has_video = 1
