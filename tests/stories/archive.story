# A whole archive comes in, again and again only what changed, and the same data go out.
file tree/loomcon-2012/category.json
  {"title": "LoomCon 2012"}
file tree/loomcon-2012/videos/looms.json
  {"title": "Looms that count", "speakers": ["Ada Lovelace"], "description": "About *cards*.", "recorded": "2012-03-09", "duration": 1800000,
   "id": 7, "language": "eng", "slug": "looms", "tags": ["weaving"], "title2": "kept", "videos": [{"type": "youtube", "url": "https://www.youtube.com/watch?v=gznPQpZH1Yc"}]}
file tree/loomcon-2013/category.json
  {"title": "LoomCon 2013"}
file tree/loomcon-2013/videos/knots.json
  {"title": "Knots", "speakers": ["Various speakers"], "description": null, "recorded": "2013-03-09", "duration": 60,
   "id": 8, "language": "deu", "slug": "knots", "videos": [{"type": "vimeo", "url": "https://vimeo.com/1"}]}
$ confer archive import tree --report report.json
prints 2 events (2 added, 0 unchanged), 2 talks: 2 added
prints 1 × duration in milliseconds, at loomcon-2012/videos/looms.json: duration
prints 1 × unknown key
prints 1 × placeholder speaker
sql SELECT s.slug, e.slug, e.year FROM events e JOIN series s ON s.id = e.series_id ORDER BY e.slug
  loomcon | loomcon-2012 | 2012
  loomcon | loomcon-2013 | 2013
sql SELECT r.duration_seconds, r.duration_repair, v.external_id FROM recordings r JOIN videos v ON v.talk_id = r.talk_id ORDER BY r.talk_id
  1800 | 1 | gznPQpZH1Yc
  60 | 0 | 1
$ confer archive import tree
prints 2 events (0 added, 2 unchanged), 2 talks: 0 added, 0 changed, 2 unchanged
$ confer archive stats
prints 2 talks, 2 of them with a video
prints 2  LoomCon (2 events, 2012–2013)
serve
visitor GET /loomcon-2012
→ 200
shows Looms that count
kill -9
file tree/NO_PUBLISH.json
  [8]
$ confer archive import tree
prints 1 removed
$ confer check
prints 0 problems
$ confer archive export --format pyvideo out
prints 1 talks of 2 events
$ confer archive import nothing
exit 2
prints There is no folder or file nothing.
$ confer archive import --format schedule tree
exit 2
prints There is no archive format
