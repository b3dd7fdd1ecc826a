SELECT a.year, COUNT(*), CAST(COALESCE(SUM(a.has_video), 0) AS BIGINT), CAST(COALESCE(SUM(a.length_seconds), 0) AS BIGINT)
FROM archive_talks a WHERE (a.day < :1 OR a.has_video = 1) AND (CAST(:2 AS BIGINT) = 0 OR a.event_id = :2) AND (CAST(:3 AS BIGINT) = 0 OR a.series_id = :3)
  AND (CAST(:4 AS BIGINT) = 0 OR a.talk_id IN (SELECT c.talk_id FROM archive_credits c JOIN archive_speakers p ON p.id = c.speaker_id WHERE p.id = :4 OR p.merged_into = :4))
  AND (CAST(:5 AS BIGINT) = 0 OR a.talk_id IN (SELECT g.talk_id FROM archive_talk_tags g WHERE g.tag_id = :5))
  AND (CAST(:6 AS BIGINT) = 0 OR a.year = :6) AND (CAST(:7 AS BIGINT) = 0 OR a.language = :8) AND (CAST(:9 AS BIGINT) = 0 OR a.has_video = 1)
GROUP BY a.year ORDER BY a.year
