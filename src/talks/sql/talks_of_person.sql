SELECT t.id, t.event_id, t.code, t.guid, t.slug, t.title, t.subtitle, t.abstract, t.description, t.track_id, t.type_id, t.language, t.level, t.tags, t.do_not_record, t.do_not_stream, t.review_first, t.license, t.logo_url, t.feedback_url, t.origin_url, t.links, t.attachments, t.extra, t.state, t.created_at_ms, t.updated_at_ms, t.version, t.part_of_id, t.part_anchor
FROM talks t WHERE t.deleted_at_ms IS NULL AND EXISTS (SELECT 1 FROM credits c WHERE c.talk_id = t.id AND c.person_id = :1)
ORDER BY t.event_id DESC, t.title
