INSERT INTO talk_views (talk_id, views) VALUES (:1, 1) ON CONFLICT (talk_id) DO UPDATE SET views = talk_views.views + 1
