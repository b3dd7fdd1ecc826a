SELECT id, slug, name, folded FROM archive_tags WHERE folded IN (SELECT value FROM json_each(:1))
