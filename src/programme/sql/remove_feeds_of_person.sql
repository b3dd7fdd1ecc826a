DELETE FROM calendar_feeds WHERE set_id IN (SELECT id FROM star_sets WHERE person_id = :1)
