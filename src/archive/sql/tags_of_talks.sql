SELECT a.talk_id, t.id, t.slug, t.name FROM archive_talk_tags a JOIN archive_tags t ON t.id = a.tag_id WHERE a.talk_id IN (SELECT value FROM json_each(:1)) ORDER BY a.talk_id, t.name
