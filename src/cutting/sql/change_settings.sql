UPDATE cut_settings SET before_s = :3, after_s = :4, is_automatic = :5, needs_two = :6, license = :7, profiles = :8, title_card_s = :9, end_card_s = :10, embargoed_until_ms = :11,
  apology_card_s = :12, name_plate_s = :13, version = version + 1
WHERE event_id = :1 AND version = :2
