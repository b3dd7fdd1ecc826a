INSERT INTO disk_samples (place, at_ms, free_bytes) VALUES (:1, :2, :3)
