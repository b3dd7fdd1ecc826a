INSERT INTO video_list_entries (list_id, talk_id, url, status_before, made_recording, set_duration) VALUES (:1, :2, :3, :4, :5, :6)
