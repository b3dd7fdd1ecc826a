# The archive's keeper: visitors send corrections, names are proposed and joined, claims and removals are answered; each is told, and taken back where it can be.
file tree/loomcon-2012/category.json
  {"title": "LoomCon 2012"}
file tree/loomcon-2012/videos/looms.json
  {"title": "Looms that cuont", "speakers": ["Ada Lovelace"], "description": "About cards.", "recorded": "2012-03-09", "duration": 1800,
   "id": 7, "language": "eng", "slug": "looms", "tags": ["weaving"], "videos": [{"type": "youtube", "url": "https://www.youtube.com/watch?v=gznPQpZH1Yc"}]}
file tree/loomcon-2012/videos/knots.json
  {"title": "Knots", "speakers": ["Lovelace, Ada", "Zerubbabel Quixwhistle"], "description": "About rope.", "recorded": "2012-03-10", "duration": 60,
   "id": 8, "language": "eng", "slug": "knots", "videos": [{"type": "vimeo", "url": "https://vimeo.com/1"}]}
file tree/loomcon-2012/videos/panel.json
  {"title": "A panel", "speakers": ["Various speakers", "various Speakers", "Bo Muster"], "description": null, "recorded": "2012-03-11", "duration": 60,
   "id": 9, "language": "eng", "slug": "panel", "videos": [{"type": "vimeo", "url": "https://vimeo.com/2"}]}
$ confer archive import tree
prints 3 talks: 3 added
$ confer user add kim@example.org "Kim Keeper"
$ confer user grant kim@example.org "archive"
$ confer user add olga@example.org "Olga Organiser"
$ confer user grant olga@example.org "organise programme site people"
$ confer user add ada@example.org "Ada Lovelace"
serve
kim signs in as kim@example.org
olga signs in as olga@example.org
ada signs in as ada@example.org
visitor GET /loomcon-2012
keep looms = href="(/loomcon-2012/talks/[^"]+-looms[^"]*)"
keep code = href="/loomcon-2012/talks/([A-Z0-9]{6})-looms
keep knots = href="(/loomcon-2012/talks/[^"]+-knots)"
keep panel = href="/loomcon-2012/talks/([A-Z0-9]{6})-a-panel

# Only the keeper: an organiser of everything else is refused, a visitor asked to sign in.
olga GET /organise/archive
→ 403
olga GET /organise/archive/queue
→ 403
olga POST /organise/archive/queue
  one = accept:1
→ 403
olga POST /organise/archive/decided
  case = 1
→ 403
olga POST /organise/archive/names
→ 403
visitor POST /organise/archive/queue
  one = accept:1
→ 401
kim GET /organise/archive
→ 200
shows Corrections

# A correction without an account: what is odd is told beside the field, nothing is lost, nothing changes before the keeper has seen it.
visitor GET ${looms}
shows Something wrong? Suggest a correction
visitor GET /archive/corrections/${code}
→ 200
shows Looms that cuont
visitor POST /archive/corrections/${code}
  title = Looms that cuont
→ 422
shows Nothing differs from what stands there.
visitor POST /archive/corrections/${code}
  title = Looms that count
  language = the Queen’s
  video = ftp://example.org/x
  email = not an address
→ 422
shows Write the language as its short name
shows Write the whole address of the video
shows This is not an e-mail address.
shows Looms that count
visitor fills /archive/corrections/${code} "Send"
  Title = Looms that count
  Speakers = Ada Lovelace
  Topics = weaving, Nonsense
  A note to the keeper = It says so on the first slide.
  E-mail = reader@example.net
→ 303 /archive/corrections/${code}?sent=1
visitor GET /archive/corrections/${code}?sent=1
shows Thank you!
visitor GET ${looms}
shows Looms that cuont
visitor fills /de/archive/corrections/${code} "Senden"
  Titel = Wrong again
  E-Mail freiwillig = leser@example.net
→ 303 /de/archive/corrections/${code}?sent=1
visitor GET /archive/corrections/QQQQQQ
→ 404

# The difference field by field; some of it is applied, and the mail says so.
kim GET /organise/archive/queue?kind=correction
→ 200
shows cuont
shows It says so on the first slide.
keep first = id="case-(\d+)"
keep second = id="case-\d+"(?s:.*?)id="case-(\d+)" tabindex
kim POST /organise/archive/queue
  one = accept:${first}
  parts_${first} = 1
→ 422
shows No field of the correction was chosen.
kim POST /organise/archive/queue
  kind = correction
  one = accept:${first}
  parts_${first} = 1
  part_${first} = title
  answer_${first} = The topic stays.
→ 303 /organise/archive/queue?kind=correction&done=decided
visitor GET ${looms}
→ 301 /loomcon-2012/talks/${code}-looms-that-count
visitor GET /loomcon-2012/talks/${code}-looms-that-count
shows Looms that count
hides Nonsense
visitor GET /archive/search?q=count
shows Looms that count
sql SELECT to_address FROM mail_outbox ORDER BY id DESC LIMIT 1
  reader@example.net

# The other one was written about what does not stand there any more. Declined, in its language; and declined once.
kim POST /organise/archive/queue
  one = accept:${second}
→ 422
shows was changed since the correction was written
kim POST /organise/archive/queue
  all = decline
  case = ${second}
→ 303 *
kim POST /organise/archive/queue
  one = decline:${second}
→ 422
shows decided meanwhile
sql SELECT subject, to_address FROM mail_outbox ORDER BY id DESC LIMIT 1
  Ihre Anfrage zum Archiv | leser@example.net

# What was applied stays when the source says something else, and can be taken back.
file tree/loomcon-2012/videos/looms.json
  {"title": "Looms that cuont", "speakers": ["Ada Lovelace"], "description": "About punched cards.", "recorded": "2012-03-09", "duration": 1800,
   "id": 7, "language": "eng", "slug": "looms", "tags": ["weaving"], "videos": [{"type": "youtube", "url": "https://www.youtube.com/watch?v=gznPQpZH1Yc"}]}
$ confer archive import tree
prints 1 changed
visitor GET /loomcon-2012/talks/${code}-looms-that-count
shows Looms that count
shows punched cards
kim GET /organise/archive/decided
→ 200
shows Correction applied
shows Kim Keeper
kim POST /organise/archive/decided
  case = ${first}
→ 303 /organise/archive/decided?done=taken-back
visitor GET ${looms}
shows Looms that cuont
kim GET /organise/archive/decided
hides Correction applied
shows Kim Keeper Correction: taken back, waits again
kim POST /organise/archive/decided
  case = ${first}
→ 422
shows This is open again already.
kim POST /organise/archive/queue
  one = decline:${first}
→ 303 *
kim GET /organise/archive/decided
hides waits again
shows Correction declined
shows taken back before by Kim Keeper,
kim POST /organise/archive/decided
  case = ${first}
→ 303 /organise/archive/decided?done=taken-back

# Two names that may be one person's: proposed once, nobody among them; joined, both addresses lead to one page with all talks; parted, as before.
kim POST /organise/archive/names
→ 303 *
kim POST /organise/archive/names
→ 303 *
kim GET /organise/archive/queue?kind=names
shows the same in another order
shows Knots
hides arious
keep pair = id="case-(\d+)"
sql SELECT COUNT(*) FROM keeper_cases WHERE kind = 0
  1
visitor GET /archive/speakers/lovelace-ada
→ 200
kim POST /organise/archive/queue
  one = accept:${pair}
→ 303 *
visitor GET /archive/speakers/lovelace-ada
→ 301 /archive/speakers/ada-lovelace
visitor GET /archive/speakers/ada-lovelace
shows Knots
shows Looms that cuont
visitor GET /archive/search?q=knots&speaker=ada-lovelace
shows About rope.
kim GET /organise/archive/decided
shows One person
kim POST /organise/archive/decided
  case = ${pair}
→ 303 *
visitor GET /archive/speakers/lovelace-ada
→ 200
visitor GET /archive/speakers/ada-lovelace
hides Knots
kim POST /organise/archive/queue
  one = decline:${pair}
→ 303 *
kim POST /organise/archive/names
kim GET /organise/archive/queue?kind=names
shows Nothing of this kind waits.

# "This is me": for who is signed in, once, and not for nobody.
visitor GET /archive/speakers/ada-lovelace/claim
→ 401
ada fills /archive/speakers/ada-lovelace/claim "Send"
  A note to the keeper = My address is on the slides.
→ 303 *
ada POST /archive/speakers/ada-lovelace/claim
→ 422
shows You have asked for this already.
ada GET /archive/speakers/various-speakers/claim
→ 404
kim GET /organise/archive/queue?kind=claim
shows ada@example.org
keep claim = id="case-(\d+)"
kim POST /organise/archive/queue
  one = accept:${claim}
→ 303 *
visitor GET /archive/speakers/ada-lovelace
hides This is me
ada fills /archive/corrections/${code} "Send"
  Title = Looms That Count
→ 303 *
kim GET /organise/archive/queue?kind=correction
shows who is one of its speakers
ada GET /account/export
shows My address is on the slides.

# A removal: the name is nowhere then, and an import does not bring it back.
somewhere Quixwhistle
visitor POST /archive/speakers/zerubbabel-quixwhistle/removal
  what = name
→ 422
shows We need an address to answer
visitor fills /archive/speakers/zerubbabel-quixwhistle/removal "Send"
  E-mail = z@example.net
→ 303 *
kim GET /organise/archive/queue?kind=removal
shows z@example.net
keep removal = id="case-(\d+)"
kim POST /organise/archive/queue
  one = accept:${removal}
→ 303 *
visitor GET /archive/speakers/zerubbabel-quixwhistle
→ 404
visitor GET ${knots}
shows a speaker
hides Quixwhistle
visitor GET /archive/search?q=Quixwhistle
hides Knots
kim GET /organise/archive/decided
shows a name that was erased
kim POST /organise/archive/decided
  case = ${removal}
→ 422
shows A name that was erased cannot be brought back
file tree/loomcon-2012/videos/knots.json
  {"title": "Knots and bends", "speakers": ["Lovelace, Ada", "Zerubbabel Quixwhistle"], "description": "About rope.", "recorded": "2012-03-10", "duration": 60,
   "id": 8, "language": "eng", "slug": "knots", "videos": [{"type": "vimeo", "url": "https://vimeo.com/1"}]}
$ confer archive import tree
prints 1 changed
visitor GET /archive/search?q=bends
shows Knots and bends
file tree/loomcon-2012/videos/knots.json
  {"title": "Knots and bends", "speakers": ["Lovelace, Ada"], "description": "About rope.", "recorded": "2012-03-10", "duration": 60,
   "id": 8, "language": "eng", "slug": "knots", "videos": [{"type": "vimeo", "url": "https://vimeo.com/1"}]}
nowhere Quixwhistle

# A whole talk goes, and comes back.
visitor fills /archive/speakers/bo-muster/removal "Send"
  E-mail = bo@example.net
→ 303 *
kim GET /organise/archive/queue?kind=removal
keep talks = id="case-(\d+)"
kim POST /organise/archive/queue
  one = accept:${talks}
  parts_${talks} = 1
  part_${talks} = ${panel}
→ 303 *
visitor GET /archive/search?q=panel
hides A panel
$ confer archive import tree
visitor GET /archive/search?q=panel
hides A panel
kim POST /organise/archive/decided
  case = ${talks}
→ 303 *
visitor GET /archive/search?q=panel
shows A panel
# An import is read as a report and taken back; imported again, all is there at its old address. What was edited since is left alone and named.
file tree/loomcon-2013/category.json
  {"title": "LoomCon 2013"}
file tree/loomcon-2013/videos/nets.json
  {"title": "Nets", "speakers": ["Cleo Probe"], "description": "About mesh.", "recorded": "2013-03-09", "duration": 60, "odd": 1,
   "id": 21, "language": "eng", "slug": "nets", "videos": [{"type": "vimeo", "url": "https://vimeo.com/3"}]}
file tree/loomcon-2012/videos/looms.json
  {"title": "Looms that cuont", "speakers": ["Ada Lovelace"], "description": "About Jacquard.", "recorded": "2012-03-09", "duration": 1800,
   "id": 7, "language": "eng", "slug": "looms", "tags": ["weaving"], "videos": [{"type": "youtube", "url": "https://www.youtube.com/watch?v=gznPQpZH1Yc"}]}
$ confer archive import tree
prints 1 added, 1 changed
visitor GET /loomcon-2013
→ 200
keep nets = href="(/loomcon-2013/talks/[^"]+-nets)"
keep nets_code = href="/loomcon-2013/talks/([A-Z0-9]{6})-nets
visitor GET ${looms}
shows About Jacquard.
kim GET /organise/archive/imports
→ 200
shows command line
keep run = /organise/archive/imports/(\d+)"
kim GET /organise/archive/imports/${run}
→ 200
shows unknown key
shows loomcon-2013/videos/nets.json
olga GET /organise/archive/imports
→ 403
olga GET /organise/archive/imports/${run}
→ 403
olga POST /organise/archive/imports/${run}/undo
→ 403
kim POST /organise/archive/imports/${run}/undo
→ 303 *
kim POST /organise/archive/imports/${run}/undo
→ 422
shows taken back already
kim GET /organise/archive/imports/${run}
shows Kim Keeper
visitor GET /loomcon-2013
→ 404
visitor GET ${nets}
→ 404
visitor GET /archive/search?q=mesh
hides Nets
visitor GET ${looms}
shows punched cards
$ confer archive import tree
prints 1 added, 1 changed
visitor GET ${nets}
→ 200
visitor GET ${looms}
shows About Jacquard.
visitor fills /archive/corrections/${nets_code} "Send"
  Topics = rope
→ 303 *
kim GET /organise/archive/queue?kind=correction
keep topic = (?s:.*)id="case-(\d+)" tabindex
kim POST /organise/archive/queue
  one = accept:${topic}
→ 303 *
kim GET /organise/archive/imports
keep again = /organise/archive/imports/(\d+)"
$ confer archive undo ${again}
prints 0 talks put away, 1 changed back, 0 events hidden, 1 left alone
prints loomcon-2013/videos/nets.json: it was edited here since it came in
$ confer archive undo ${again}
exit 2
prints taken back already
$ confer archive undo 12345
exit 2
prints There is no such import.
visitor GET ${nets}
→ 200
shows rope
$ confer archive import tree
prints 0 added, 1 changed
visitor GET ${nets}
shows rope

# Many at once: what would change is seen first; exactly that is changed, in one step, and taken back in one.
olga GET /organise/archive/many
→ 403
olga POST /organise/archive/many
  query = event:loomcon-2012
  deed = withhold
→ 403
kim fills /organise/archive/many "See what would change"
  Which talks =
→ 422
shows Say which talks
kim fills /organise/archive/many "See what would change"
  Which talks = event:loomcon-1999
  With what = de
→ 422
shows Nothing is called “loomcon-1999” (event).
kim POST /organise/archive/many
  look = 1
  query = event:loomcon-2012
  deed = burn
→ 422
shows This cannot be done yet.
shows Choose what to do.
kim POST /organise/archive/many
  look = 1
  query = event:loomcon-2012
  deed = language
  value = Klingon
→ 422
shows Write the language as its short name
kim fills /organise/archive/many "See what would change"
  Which talks = event:loomcon-2012
  What to do = add_tag
  With what = weaving
→ 303 /organise/archive/many?query=event%3Aloomcon-2012&deed=add_tag&value=weaving#preview
kim GET /organise/archive/many?query=event%3Aloomcon-2012&deed=add_tag&value=weaving
shows The search finds 3 talks; 2 of them would change.
keep seen = name="as_seen" value="(\w+)"
visitor GET /archive/tags/weaving
hides Knots and bends
kim POST /organise/archive/many
  query = event:loomcon-2012
  deed = add_tag
  value = textiles
  as_seen = ${seen}
→ 422
shows Something was changed since you looked
visitor GET /archive/tags/textiles
→ 404
kim fills /organise/archive/many?query=event%3Aloomcon-2012&deed=add_tag&value=weaving "Change 2 talks"
→ 303 /organise/archive/decided?done=many-changed
visitor GET /archive/tags/weaving
shows Knots and bends
shows Looms that cuont
visitor GET /archive/search?q=tag:weaving+knots
shows Knots and bends
kim GET /organise/archive/decided
shows 2 talks: add a topic: weaving
shows found by “event:loomcon-2012”
shows Kim Keeper
keep many = name="case" value="(\d+)"

# An import leaves it alone. What was changed since is left alone when it is taken back, and named.
file tree/loomcon-2012/videos/knots.json
  {"title": "Knots and hitches", "speakers": ["Lovelace, Ada"], "description": "About rope.", "recorded": "2012-03-10", "duration": 60, "tags": ["rope"],
   "id": 8, "language": "eng", "slug": "knots", "videos": [{"type": "vimeo", "url": "https://vimeo.com/1"}]}
$ confer archive import tree
prints 1 changed
visitor GET /archive/tags/weaving
shows Knots and hitches
visitor POST /archive/corrections/${panel}
  tags = panels
→ 303 *
kim GET /organise/archive/queue?kind=correction
keep panels = (?s:.*)id="case-(\d+)" tabindex
kim POST /organise/archive/queue
  one = accept:${panels}
→ 303 *
kim POST /organise/archive/decided
  case = ${many}
→ 200
shows left alone: A panel.
visitor GET /archive/tags/weaving
hides Knots
shows Looms that cuont
kim POST /organise/archive/decided
  case = ${many}
→ 422
shows This was taken back already.
kim GET /organise/archive/decided
shows Many changed, taken back
shows by Kim Keeper,

# Videos are withheld and shown again, languages and licences set, a topic goes, events move to a series.
kim fills /organise/archive/many?query=event:loomcon-2013&deed=withhold "Change 1 talk"
→ 303 *
visitor GET ${nets}
shows may not be shown
hides vimeo.com
kim fills /organise/archive/many?query=event:loomcon-2013&deed=show "Change 1 talk"
→ 303 *
visitor GET ${nets}
hides may not be shown
kim fills /organise/archive/many?query=event:loomcon-2013&deed=licence&value=CC+BY-SA+3.0 "Change 1 talk"
→ 303 *
visitor GET ${nets}
shows CC-BY-SA-3.0
kim fills /organise/archive/many?query=lang:en&deed=language&value=de "Change 4 talks"
→ 303 *
visitor GET /archive/search?q=lang:de
shows Nets
kim GET /organise/archive/decided
keep german = name="case" value="(\d+)"
kim POST /organise/archive/decided
  case = ${german}
→ 303 /organise/archive/decided?done=many-undone
visitor GET /archive/languages/de
→ 404
kim fills /organise/archive/many?query=speaker:probe&deed=remove_tag&value=ROPE "Change 1 talk"
→ 303 *
visitor GET ${nets}
hides rope
olga fills /organise/series "Add the series"
  Title = Meshes
  Address = meshes
→ 303 *
kim fills /organise/archive/many?query=event:loomcon-2013&deed=series&value=meshes "Move 1 event"
→ 303 *
visitor GET /archive/series/meshes
shows LoomCon 2013
kim GET /organise/archive/decided
keep moved = name="case" value="(\d+)"
kim POST /organise/archive/decided
  case = ${moved}
→ 303 *
visitor GET /archive/series/meshes
hides LoomCon 2013

# A search names people: with an erased name it is forgotten; what was done can still be taken back.
somewhere speaker:probe
visitor fills /archive/speakers/cleo-probe/removal "Send"
  E-mail = cleo@example.net
→ 303 *
kim GET /organise/archive/queue?kind=removal
keep cleo = id="case-(\d+)"
kim POST /organise/archive/queue
  one = accept:${cleo}
→ 303 *
sql SELECT COUNT(*) FROM keeper_cases WHERE note LIKE '%probe%'
  0
kim GET /organise/archive/decided
shows a search that was forgotten with a name
sql SELECT DISTINCT name FROM journal_facts WHERE name LIKE 'archive.%' ORDER BY name
  archive.accepted
  archive.asked
  archive.corrected
  archive.correction_undone
  archive.declined
  archive.import_undone
  archive.imported
  archive.many_changed
  archive.many_undone
  archive.taken_back
$ confer check
prints 0 problems
