DELETE FROM api_tokens WHERE person_id = :1
