SELECT talk_id, views FROM talk_views WHERE talk_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:1 AS json)) AS ids(value))
