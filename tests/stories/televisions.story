# Feed readers, podcast players and television apps read the archive; a view counts once, and nobody is remembered for it.
file tree/loomcon-2012/category.json
  {"title": "LoomCon 2012"}
file tree/loomcon-2012/videos/looms.json
  {"title": "Looms & cards", "speakers": ["Ada Lovelace", "Mary Somerville"], "description": "About *cards*.", "recorded": "2012-03-09", "duration": 1800,
   "id": 7, "language": "eng", "slug": "looms", "tags": ["weaving"],
   "videos": [{"type": "mp4", "url": "https://media.example.org/looms.mp4", "size": 12345678}, {"type": "youtube", "url": "https://www.youtube.com/watch?v=gznPQpZH1Yc"}]}
file tree/loomcon-2012/videos/knots.json
  {"title": "Knots", "speakers": ["Grace Hopper"], "description": null, "recorded": "2012-03-10", "duration": 60,
   "id": 8, "language": "deu", "slug": "knots", "videos": [{"type": "vimeo", "url": "https://vimeo.com/1"}]}
$ confer archive import tree
serve

# Feeds: everything, and each list of its own; a podcast has what can be played.
visitor GET /archive/feed.atom
→ 200
header Content-Type: application/atom+xml; charset=utf-8
header Access-Control-Allow-Origin: *
shows Looms &amp; cards (LoomCon 2012)
shows Knots (LoomCon 2012)
keep guid = urn:uuid:([0-9a-f-]+)</id>\s*<link[^>]*-looms
visitor GET /archive/tags/weaving/feed.atom
→ 200
shows Looms &amp; cards
hides Knots
visitor GET /archive/speakers/grace-hopper/feed.atom
→ 200
shows Knots
hides Looms
visitor GET /archive/series/loomcon/feed.atom
→ 200
visitor GET /archive/events/loomcon-2012/feed.atom
→ 200
visitor GET /archive/search.atom?q=knots
→ 200
shows Talks about “knots”
shows Knots (LoomCon 2012)
hides Looms
visitor GET /archive/podcast.rss
→ 200
header Content-Type: application/rss+xml; charset=utf-8
keep enclosure = (<enclosure url="https://media.example.org/looms.mp4" length="[0-9]+" type="video/mp4"/>)
shows Looms &amp; cards
hides Knots
visitor GET /archive/search.rss?q=cards
→ 200
visitor GET /archive/events/loomcon-2012/podcast.rss
→ 200
visitor GET /archive/events/nothing/feed.atom
→ 404
visitor GET /archive/rooms/hall/feed.atom
→ 404

# voctoweb's interface, field by field.
visitor GET /public/conferences
→ 200
is conferences.0.acronym = "loomcon-2012"
is conferences.0.title = "LoomCon 2012"
is conferences.0.event_last_released_at = "2012-03-10T00:00:00.000+00:00"
is conferences.0.schedule_url = null
visitor GET /public/conferences/loomcon-2012
→ 200
is events.0.title = "Looms & cards"
is events.1.title = "Knots"
visitor GET /public/conferences/nothing
→ 404
visitor GET /public/events?per_page=1
→ 200
header Total: 2
header Per-Page: 1
header Link: <*/public/events?per_page=1&page=2>; rel="last", <*/public/events?per_page=1&page=2>; rel="next"
is events.0.title = "Knots"
is events.0.original_language = "deu"
visitor GET /public/events/${guid}
→ 200
is title = "Looms & cards"
is persons = ["Ada Lovelace", "Mary Somerville"]
is tags = ["weaving"]
is date = "2012-03-09T00:00:00.000+00:00"
is length = 1800
is duration = 1800
is view_count = 0
is promoted = false
is original_language = "eng"
is conference_title = "LoomCon 2012"
is recordings.0.mime_type = "video/mp4"
is recordings.0.recording_url = "https://media.example.org/looms.mp4"
is recordings.0.filename = "looms.mp4"
is recordings.0.folder = "h264-hd"
is recordings.0.high_quality = true
is recordings.0.language = "eng"
is recordings.0.state = "new"
keep recording = "url":"[^"]*(/public/recordings/[0-9]+)"
visitor GET ${recording}
→ 200
is recording_url = "https://media.example.org/looms.mp4"
visitor GET /public/recordings/999999
→ 404
visitor GET /public/recordings
→ 200
is recordings.0.filename = "looms.mp4"
visitor GET /public/events/recent
→ 200
visitor GET /public/events/search?q=looms
→ 200
is events.0.title = "Looms & cards"
visitor GET /public/events/search?q=%2C
→ 200
is events = []
visitor GET /public/events/promoted
→ 200
is events = []
visitor GET /public/events/nothing
→ 404
visitor GET /public/oembed?url=https://elsewhere.example.org/a/talks/ABCDEF
→ 404

# A view counts once a day and address; what counts is not kept.
visitor POST /public/recordings/count
  event_id = ${guid}
→ 200
is status = "ok"
visitor POST /public/recordings/count
  event_id = ${guid}
→ 200
visitor GET /public/events/${guid}
is view_count = 1
visitor GET /public/events/popular
is events.0.title = "Looms & cards"
visitor GET /public/events/popular?year=2011
is events = []
visitor GET /public/events/unpopular
is events.0.view_count = 1
visitor POST /public/recordings/count
  event_id = nothing
→ 404
sql SELECT views FROM talk_views
  1
