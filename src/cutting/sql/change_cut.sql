UPDATE cuts SET stage = :3, revision = :4, plan = :5, doubts = :6, problem = :7, preview_key = :8, preview_hash = :9, preview_from_ms = :10, preview_to_ms = :11, frame_rate = :12,
  sound = :13, wave = :14, poster_hash = :15, published_hash = :16, published_at_ms = :17, online_from_ms = :18, online_title_ms = :19, changed_at_ms = :20, chapters = :21, version = version + 1
WHERE id = :1 AND version = :2
