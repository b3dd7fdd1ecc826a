SELECT before_s, after_s, is_automatic, needs_two, license, profiles, title_card_s, end_card_s, apology_card_s, name_plate_s, version, embargoed_until_ms
FROM cut_settings WHERE event_id = :1
