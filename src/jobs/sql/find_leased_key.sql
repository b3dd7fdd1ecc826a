SELECT unique_key FROM jobs WHERE id = :1 AND leased_by = :2 AND state = 1
