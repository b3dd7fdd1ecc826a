SELECT code FROM talks WHERE code IN (SELECT value FROM json_each(:1))
