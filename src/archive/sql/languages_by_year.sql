SELECT a.year, a.language, COUNT(*) FROM archive_talks a WHERE (a.day < :1 OR a.has_video = 1) AND (CAST(:2 AS BIGINT) = 0 OR a.series_id = :2) GROUP BY a.year, a.language ORDER BY a.year, a.language
