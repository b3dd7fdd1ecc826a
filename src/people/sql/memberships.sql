SELECT t.id, t.series_id, t.event_id, t.rights, t.limited_to_tracks FROM teams t JOIN team_members m ON m.team_id = t.id
WHERE m.person_id = :1 AND t.deleted_at_ms IS NULL ORDER BY t.id
