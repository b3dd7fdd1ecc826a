SELECT track_id FROM team_tracks WHERE team_id = :1 ORDER BY track_id
