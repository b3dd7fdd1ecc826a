SELECT id, event_id, code, guid, slug, title, subtitle, abstract, description, track_id, type_id, language, level, tags, do_not_record, do_not_stream, license, logo_url, feedback_url, origin_url, links, attachments, extra, state, created_at_ms, updated_at_ms, version
FROM talks WHERE code IN (SELECT value FROM json_array_elements_text(CAST(:1 AS json)) AS listed(value)) AND deleted_at_ms IS NULL
