SELECT preview_hash FROM cuts WHERE preview_hash <> ''
UNION SELECT published_hash FROM cuts WHERE published_hash <> ''
UNION SELECT poster_hash FROM cuts WHERE poster_hash <> ''
UNION SELECT f.hash FROM cut_files f JOIN cuts c ON c.id = f.cut_id AND f.source_hash IN (c.published_hash, c.preview_hash)
