SELECT talk_id, views FROM talk_views WHERE talk_id IN (SELECT value FROM json_each(:1))
