SELECT id, event_id, code, guid, slug, title, subtitle, abstract, description, track_id, type_id, language, level, tags, do_not_record, do_not_stream, review_first, license, logo_url, feedback_url, origin_url, links, attachments, extra, state, created_at_ms, updated_at_ms, version, part_of_id, part_anchor
FROM talks WHERE part_of_id = :1 AND deleted_at_ms IS NULL ORDER BY id
