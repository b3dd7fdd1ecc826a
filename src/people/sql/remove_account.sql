DELETE FROM accounts WHERE person_id = :1
