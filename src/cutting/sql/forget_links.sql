DELETE FROM review_links WHERE person_id = :1
