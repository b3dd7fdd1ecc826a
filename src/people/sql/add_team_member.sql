INSERT INTO team_members (team_id, person_id, added_at_ms) VALUES (:1, :2, :3) ON CONFLICT (team_id, person_id) DO NOTHING
