INSERT INTO video_lists (event_id, taken_at_ms) VALUES (:1, :2) RETURNING id
