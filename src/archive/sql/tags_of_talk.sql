SELECT k.id, k.slug, k.name FROM archive_talk_tags x JOIN archive_tags k ON k.id = x.tag_id WHERE x.talk_id = :1 ORDER BY k.name, k.id
