DELETE FROM team_members WHERE person_id = :1
