SELECT id, published_hash, shown_hash FROM cuts WHERE talk_id = :1 AND (published_hash <> '' OR shown_hash <> '') ORDER BY id
