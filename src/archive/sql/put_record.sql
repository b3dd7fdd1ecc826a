INSERT INTO archive_records (talk_id, event_id, source, path, number, hash, raw, repaired, talk_version, recording_version, run_id)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11)
ON CONFLICT (talk_id) DO UPDATE SET source = excluded.source, path = excluded.path, number = excluded.number, hash = excluded.hash, raw = excluded.raw, repaired = excluded.repaired, talk_version = excluded.talk_version, recording_version = excluded.recording_version, run_id = excluded.run_id, undone = 0
