SELECT before_s, after_s, is_automatic, needs_two, license, profiles, version FROM cut_settings WHERE event_id = :1
