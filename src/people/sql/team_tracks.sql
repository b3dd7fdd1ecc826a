SELECT team_id, track_id FROM team_tracks WHERE team_id IN (SELECT value FROM json_each(:1)) ORDER BY team_id, track_id
