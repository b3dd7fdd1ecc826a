DELETE FROM jobs WHERE state = 2 AND finished_at_ms < :1
