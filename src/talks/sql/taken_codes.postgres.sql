SELECT code FROM talks WHERE code IN (SELECT value FROM json_array_elements_text(CAST(:1 AS json)) AS listed(value))
