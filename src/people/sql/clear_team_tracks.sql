DELETE FROM team_tracks WHERE team_id = :1
