UPDATE jobs SET lease_until_ms = :3, progress = :4 WHERE id = :1 AND leased_by = :2 AND state = 1
