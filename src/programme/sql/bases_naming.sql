SELECT event_id, kind, guid, fields FROM import_bases WHERE fields LIKE :1
