SELECT team_id, track_id FROM team_tracks
WHERE team_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:1 AS JSON))) ORDER BY team_id, track_id
