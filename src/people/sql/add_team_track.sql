INSERT INTO team_tracks (team_id, track_id) VALUES (:1, :2)
