DELETE FROM disk_samples WHERE at_ms < :1
