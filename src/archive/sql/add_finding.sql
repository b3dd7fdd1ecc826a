INSERT INTO archive_findings (run_id, kind, count, message, places) VALUES (:1, :2, :3, :4, :5)
