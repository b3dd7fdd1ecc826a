SELECT state, unique_key FROM jobs WHERE id = :1
