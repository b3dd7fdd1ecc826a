SELECT preview_hash FROM cuts WHERE preview_hash <> ''
UNION SELECT published_hash FROM cuts WHERE published_hash <> ''
UNION SELECT poster_hash FROM cuts WHERE poster_hash <> ''
