SELECT id, revision, name, comment, correction, released_at_ms, released_by FROM releases WHERE event_id = :1 ORDER BY revision DESC
