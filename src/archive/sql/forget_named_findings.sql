UPDATE archive_findings SET places = '[]' WHERE kind = 'speaker names equal after folding'
