SELECT id, slug, name, folded FROM archive_tags WHERE folded IN (SELECT value FROM json_array_elements_text(CAST(:1 AS json)) AS listed(value))
