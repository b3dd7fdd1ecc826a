UPDATE events SET banner = :2, banner_level = :3, version = version + 1 WHERE id = :1
