UPDATE keeper_cases SET note = '' WHERE kind = 4 AND note <> ''
