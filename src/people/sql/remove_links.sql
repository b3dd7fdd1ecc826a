DELETE FROM sign_in_links WHERE email_folded = :1
