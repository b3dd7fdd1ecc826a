UPDATE sync_sources SET last_report = ''
