SELECT id, kind FROM jobs WHERE state = 1 AND (leased_by = '' OR lease_until_ms IS NULL) ORDER BY id
