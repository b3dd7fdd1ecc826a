SELECT COUNT(*) FROM archive_talks WHERE has_video = 1
