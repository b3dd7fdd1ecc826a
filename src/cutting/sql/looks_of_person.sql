SELECT revision, plan_key, name, person_id, is_speaker, is_good, note, at_ms FROM cut_looks WHERE person_id = :1 ORDER BY id
