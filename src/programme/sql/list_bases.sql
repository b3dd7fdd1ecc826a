SELECT kind, guid, fields FROM import_bases WHERE event_id = :1
