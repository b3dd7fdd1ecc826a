SELECT id FROM jobs WHERE unique_key = :1 AND state = 0
