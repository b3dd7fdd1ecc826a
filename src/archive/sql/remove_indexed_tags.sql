DELETE FROM archive_talk_tags WHERE talk_id = :1
