SELECT place, at_ms, free_bytes FROM disk_samples WHERE at_ms >= :1 ORDER BY place, at_ms, id
