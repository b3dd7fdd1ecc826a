# A name that was only typed into a talk is erased with its person: from releases that were made before, and from the series' archived editions.
first barn
olga fills /organise/barn-2027/talks/new "Save"
  Title = Canary Talk
  credit_name = Quillian Zyxwort
→ 303 *
olga fills /organise/barn-2027/slots/new "Save"
  Talk = Canary Talk (no slot yet)
  Room = Loft
  Start = ${today}T16:00
→ 303 *
olga fills /organise/barn-2027/release "Release"
  Name = 2.0
→ 303 *
soon visitor GET /barn-2027/schedule.json
is schedule.version = "2.0"
shows Quillian Zyxwort
file tree/barn-days-2019/category.json
  {"title": "Barn Days 2019"}
file tree/barn-days-2019/videos/birds.json
  {"title": "Birds of Old", "speakers": ["Quillian Zyxwort", "Cleo Probe"], "recorded": "2019-05-04", "duration": 1800, "id": 1, "language": "eng", "slug": "birds",
   "videos": [{"type": "vimeo", "url": "https://vimeo.com/1"}]}
file tree/loomcon-2019/category.json
  {"title": "LoomCon 2019"}
file tree/loomcon-2019/videos/looms.json
  {"title": "Looms", "speakers": ["Bo Muster"], "recorded": "2019-06-04", "duration": 1800, "id": 2, "language": "eng", "slug": "looms",
   "videos": [{"type": "vimeo", "url": "https://vimeo.com/2"}]}
$ confer archive import tree
file tree/barn-days-2019/videos/birds.json
  gone
soon visitor GET /archive/search?q=Zyxwort
→ 200
shows Birds of Old
olga POST /organise/barn-2027/speakers/times
  name = Quillian Zyxwort
→ 303 *
olga GET /organise/barn-2027/speakers
keep person = /organise/barn-2027/speakers/([A-Z0-9]{6})">Quillian
olga GET /organise/barn-2027/speakers/${person}/details
→ 200
shows all editions of the series
olga fills /organise/barn-2027/speakers/${person}/details "Erase Quillian Zyxwort"
→ 303 *
soon visitor GET /barn-2027/schedule.json
is schedule.version = "2.0"
hides Zyxwort
soon visitor GET /barn-2027/releases/2.0
hides Zyxwort
visitor GET /archive/search?q=Zyxwort
hides Birds of Old
visitor GET /archive/search?q=Probe
shows Birds of Old
stop
soon nowhere Zyxwort
nowhere zyxwort
$ confer check
  0 problems
# Of another series nothing was touched.
serve
visitor GET /archive/search?q=Muster
shows Looms
