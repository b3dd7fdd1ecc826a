SELECT k.team_id, k.track_id FROM team_tracks k JOIN team_members m ON m.team_id = k.team_id WHERE m.person_id = :1
