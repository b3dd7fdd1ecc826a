UPDATE archive_changes SET before = '' WHERE talk_id = :1
