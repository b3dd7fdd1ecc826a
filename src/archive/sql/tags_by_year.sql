SELECT a.year, k.name, COUNT(*) FROM archive_talks a JOIN archive_talk_tags x ON x.talk_id = a.talk_id JOIN archive_tags k ON k.id = x.tag_id
WHERE (a.day < :1 OR a.has_video = 1) AND (CAST(:2 AS BIGINT) = 0 OR a.series_id = :2) AND k.id IN (SELECT id FROM
  (SELECT k.id AS id, COUNT(*) AS number FROM archive_talks a JOIN archive_talk_tags x ON x.talk_id = a.talk_id JOIN archive_tags k ON k.id = x.tag_id WHERE CAST(:2 AS BIGINT) = 0 OR a.series_id = :2 GROUP BY k.id ORDER BY number DESC, k.id LIMIT :3) AS most)
GROUP BY a.year, k.name ORDER BY a.year, k.name
