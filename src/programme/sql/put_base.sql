INSERT INTO import_bases (event_id, kind, guid, fields) VALUES (:1, :2, :3, :4)
ON CONFLICT (event_id, kind, guid) DO UPDATE SET fields = excluded.fields
