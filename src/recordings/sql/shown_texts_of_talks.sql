SELECT talk_id, vtt FROM caption_tracks WHERE talk_id IN (SELECT value FROM json_each(:1)) AND removed_at_ms IS NULL AND source <> 2 ORDER BY talk_id, language
