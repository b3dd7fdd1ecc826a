INSERT INTO cut_settings (event_id, before_s, after_s, is_automatic, needs_two, license, profiles, title_card_s, end_card_s, embargoed_until_ms, apology_card_s, name_plate_s)
VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12)
