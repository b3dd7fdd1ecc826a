# An archive tells of an edition that was programmed here: its videos go to the talks, what is no talk of it is told and added, and nothing else changes.
first barn
$ confer user grant olga@example.org archive
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
keep goats = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests
keep hens = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Hens and Queues
olga fills /organise/barn-2027/settings "Save"
  Title = Barn Days ${year}
→ 303 *
olga fills /organise/barn-2027/recordings "Look at what fits"
  list = https://vimeo.com/9 Hens and Queues
→ 303 /organise/barn-2027/recordings/match/*
keep review = (/organise/barn-2027/recordings/match/[0-9a-f]{64})
olga POST ${review}
  video0 = ${hens}
→ 303 *
# Of one talk nobody has written anything.
olga fills /organise/barn-2027/talks/${goats} "Save"
  Abstract =
→ 303 *
olga fills /organise/barn-2027/release "Release"
  Name = 1.1
→ 303 *
file tree/barn-days/category.json
  {"title": "Barn Days ${year}"}
file tree/barn-days/videos/sheep.json
  {"title": "Sheep & Types", "speakers": ["Ada Beispiel"], "description": "*Not* ours.", "recorded": "${today}", "duration": 1800, "id": 1, "language": "eng", "slug": "sheep",
   "tags": ["wool"], "videos": [{"type": "youtube", "url": "https://www.youtube.com/watch?v=gznPQpZH1Yc"}]}
file tree/barn-days/videos/goats.json
  {"title": "goats and tests!", "speakers": ["Bo Muster"], "summary": "All that ``pytest`` says of caprines.", "recorded": "${today}", "duration": 1700, "id": 2, "language": "eng", "slug": "goats",
   "videos": [{"type": "vimeo", "url": "https://vimeo.com/1"}]}
file tree/barn-days/videos/hens.json
  {"title": "Hens and Queues", "speakers": ["Ada Beispiel"], "recorded": "${today}", "duration": 2600, "id": 3, "language": "eng", "slug": "hens",
   "videos": [{"type": "vimeo", "url": "https://vimeo.com/2"}]}
file tree/barn-days/videos/party.json
  {"title": "The party", "speakers": ["Cleo Probe"], "description": "A ``loud`` one.", "recorded": "${today}", "duration": 60, "id": 4, "language": "eng", "slug": "party",
   "videos": [{"type": "vimeo", "url": "https://vimeo.com/3"}]}
$ confer archive import tree --report report.json
prints 1 added, 3 changed
prints no talk of the programme
sql SELECT COUNT(*) FROM events
  1
sql SELECT t.title, t.abstract, v.url FROM talks t LEFT JOIN videos v ON v.talk_id = t.id ORDER BY t.title
  Goats and Tests |  | https://vimeo.com/1
  Hens and Queues | About hens. | https://vimeo.com/9
  Sheep and Types | About sheep. | https://www.youtube.com/watch?v=gznPQpZH1Yc
  The party |  | https://vimeo.com/3
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
→ 200
shows Play at YouTube
shows About sheep.
hides Not ours
# What the record says stands where the programme says nothing.
soon visitor GET /barn-2027/talks/${goats}-goats-and-tests
→ 200
shows says of caprines
visitor GET /archive/search?q=caprines
shows Goats and Tests
visitor GET /archive/search?q=party
→ 200
keep party = href="(/barn-2027/talks/[^"]+-the-party)"
visitor GET ${party}
→ 200
shows Play at Vimeo
shows A loud one.
keep correction = (/archive/corrections/[A-Z0-9]{6})
visitor GET ${correction}
→ 200
visitor GET /archive/search?q=sheep
hides Not ours
visitor GET /barn-2027/schedule
→ 200
hides The party

# Again: nothing. The same data come back.
$ confer archive import tree
prints 4 unchanged
$ confer archive export --format pyvideo back
prints 4 talks
$ confer check
prints 0 problems

# What changes there comes, and only to recordings that nobody edited here.
file tree/barn-days/videos/goats.json
  {"title": "Goats, renamed", "speakers": ["Somebody Else"], "recorded": "${today}", "duration": 1700, "id": 2, "language": "eng", "slug": "goats",
   "videos": [{"type": "vimeo", "url": "https://vimeo.com/4"}]}
$ confer archive import tree
prints 1 changed
sql SELECT t.title, v.url FROM talks t JOIN videos v ON v.talk_id = t.id WHERE t.title LIKE 'Goats%'
  Goats and Tests | https://vimeo.com/4
olga GET /organise/archive/imports
→ 200
keep last = /organise/archive/imports/(\d+)"
olga POST /organise/archive/imports/${last}/undo
→ 303 *
sql SELECT t.title, v.url FROM talks t JOIN videos v ON v.talk_id = t.id WHERE t.title LIKE 'Goats%'
  Goats and Tests | https://vimeo.com/1

# Taken back, the videos go, and the talk that was added; what was here stays. Imported once more, all is as it was.
$ confer archive undo 1
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
→ 200
hides Play at YouTube
visitor GET ${party}
→ 404
sql SELECT t.title, v.url FROM talks t LEFT JOIN videos v ON v.talk_id = t.id WHERE t.deleted_at_ms IS NULL ORDER BY t.title
  Goats and Tests | https://vimeo.com/1
  Hens and Queues | https://vimeo.com/9
  Sheep and Types | 
$ confer check
prints 0 problems
file tree/NO_PUBLISH.json
  [1]
$ confer archive import tree
sql SELECT t.title, v.url FROM talks t LEFT JOIN videos v ON v.talk_id = t.id WHERE t.deleted_at_ms IS NULL ORDER BY t.title
  Goats and Tests | https://vimeo.com/4
  Hens and Queues | https://vimeo.com/9
  Sheep and Types | 
  The party | https://vimeo.com/3
file tree/NO_PUBLISH.json
  [1, 2, 4]
$ confer archive import tree
sql SELECT t.title, v.url FROM talks t LEFT JOIN videos v ON v.talk_id = t.id WHERE t.deleted_at_ms IS NULL ORDER BY t.title
  Goats and Tests | 
  Hens and Queues | https://vimeo.com/9
  Sheep and Types | 
soon visitor GET /barn-2027/talks/${goats}-goats-and-tests
→ 200
hides Play at Vimeo
hides caprines
$ confer check
prints 0 problems
