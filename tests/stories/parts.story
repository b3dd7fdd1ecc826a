# A block of short talks becomes one video a part and one of the whole: cut, looked at by the part's own speaker, published at its place; one that says no takes the whole with it.
first barn
olga GET /organise/barn-2027/slots
→ 200
keep slot = /organise/barn-2027/slots/(\d+)[^>]*>\s*Sheep and Types
olga fills /organise/barn-2027/slots/${slot} "Save"
  Parts of a block (optional) = 0 10 Sheep in Rust | Ada Beispiel\n10 10 Sheep in Go | Dora Neu\n20 10 Sheep in C | Cleo Probe
→ 303 *
olga POST /organise/barn-2027/release
  name = 2.0
→ 303 *
recording media/aula-${today}_09-58-00.ts of 2100 s
$ confer recordings add --event barn-2027 --room Aula media
prints Sheep and Types: whole
soon olga GET /organise/barn-2027/cuts
shows ↳ Sheep in Go
keep rust = /organise/barn-2027/(cuts/\d+/parts/[A-Z0-9]{6})[^>]*>\s*↳ Sheep in Rust
keep go = /organise/barn-2027/(cuts/\d+/parts/[A-Z0-9]{6})[^>]*>\s*↳ Sheep in Go
keep c = /organise/barn-2027/cuts/\d+/parts/([A-Z0-9]{6})[^>]*>\s*↳ Sheep in C
keep whole = /organise/barn-2027/(cuts/\d+)[^>]*>\s*Sheep and Types
# The programme knows them as parts of its block alone.
olga GET /organise/barn-2027/talks
hides Sheep in Go

# Its cut is the team's matter.
visitor GET /organise/barn-2027/${go}
→ 401
olga GET /organise/barn-2027/${go}
→ 200
shows Part of Sheep and Types
olga POST /organise/barn-2027/${go}
  do = begin
→ 303 /organise/barn-2027/${go}?done=cut_asked
soon olga GET /organise/barn-2027/${go}
shows waits for a look
# A link to a part opens that part.
olga POST /organise/barn-2027/${go}
  do = link
  for = Dora Neu
  is_speaker = 1
→ 200
keep token = review\?token=([A-Za-z0-9_-]{43})
visitor GET /review?token=${token}
→ 200
shows Sheep in Go
hides Sheep and Types
keep version = name="version" value="(\d+)"
visitor POST /review
  token = ${token}
  version = ${version}
  do = good
  saw_beginning = 1
  saw_end = 1
→ 303 /review?token=${token}&done=thanks
soon olga GET /organise/barn-2027/${go}
shows Nothing is left to do

# Online at its part: on the block's page, on a page of its own, and to other programs with its own title and speaker.
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
→ 200
has id="p2-sheep-in-go"
shows Watch this part
keep own = (/barn-2027/talks/[A-Z0-9]{6}-sheep-in-go)
keep video = (/barn-2027/talks/[A-Z0-9]{6}/videos/\d+)
soon visitor GET ${own}
→ 200
shows Part of Sheep and Types
shows Dora Neu
visitor GET ${video}
  Range: bytes=0-99
→ 206
visitor GET /archive/podcast.rss
shows Sheep in Go
shows Dora Neu
hides Sheep and Types
visitor GET /public/events/search?q=sheep
has Dora Neu
visitor GET /archive/speakers/dora-neu
→ 200
shows Sheep in Go
# A part without a video stands in its block.
visitor GET /barn-2027/talks/${c}
→ 303 /barn-2027/talks/${sheep}-sheep-and-types#p3-sheep-in-c

# What one part does not allow, the whole is not; the others are.
olga fills /organise/barn-2027/talks/${c} "Save"
  Recording = No: neither recorded nor streamed
→ 303 *
olga POST /organise/barn-2027/${whole}
  do = begin
→ 422
shows The speakers of the part “Sheep in C” do not allow it to be recorded
visitor GET ${video}
  Range: bytes=0-99
→ 206
olga fills /organise/barn-2027/talks/${c} "Save"
  Recording = Yes, but the speaker looks at the cut first
→ 303 *
olga POST /organise/barn-2027/${whole}
  do = begin
→ 303 *
# Its parts stand on its page with states of their own.
soon olga GET /organise/barn-2027/${whole}
shows I have seen the beginning
olga fills /organise/barn-2027/${whole} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 *
olga GET /organise/barn-2027/${whole}
shows waits for a look

# With all of them willing it is online, with its parts as chapters: for the player, for podcasts, in the file. People may name them otherwise.
olga fills /organise/barn-2027/talks/${c} "Save"
  Recording = Yes: it may be recorded and published
→ 303 *
olga fills /organise/barn-2027/${whole} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 *
soon olga GET /organise/barn-2027/${whole}
shows Nothing is left to do
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
has kind="chapters"
keep file = href="(/barn-2027/talks/${sheep}/videos/\d+)#t=\d+
visitor GET /barn-2027/talks/${sheep}/chapters.vtt
→ 200
header Content-Type: text/vtt*
shows Sheep in Go
visitor GET /barn-2027/talks/${sheep}/chapters.json
is chapters.0.title = "Sheep in Rust"
is chapters.0.startTime = 0
is chapters.2.title = "Sheep in C"
visitor GET /archive/podcast.rss
has /barn-2027/talks/${sheep}/chapters.json
olga fills /organise/barn-2027/${whole} "Save the chapters"
  Chapters (optional) = 0:00 All\nGo
→ 422
shows “Go” is not written as: 2:05 Title
olga fills /organise/barn-2027/${whole} "Save the chapters"
  Chapters (optional) = 0:00 All\n12:00 Go at last
→ 303 *
soon visitor GET /barn-2027/talks/${sheep}/chapters.json
is chapters.1.startTime = 720
is chapters.1.title = "Go at last"
# Nobody hears of the chapters of what may not be seen.
visitor GET /barn-2027/talks/${c}/chapters.json
→ 404

# Renamed, it keeps its video and its address leads on; out of the schedule it is hidden, and back again it is as it was.
olga fills /organise/barn-2027/slots/${slot} "Save"
  Parts of a block (optional) = 0 10 Sheep in Rust | Ada Beispiel\n10 10 Sheep that Go | Dora Neu\n20 10 Sheep in C | Cleo Probe
→ 303 *
olga POST /organise/barn-2027/release
  name = 3.0
→ 303 *
soon visitor GET ${own}
→ 301 /barn-2027/talks/*-sheep-that-go
olga fills /organise/barn-2027/slots/${slot} "Save"
  Parts of a block (optional) = 0 10 Sheep in Rust | Ada Beispiel\n20 10 Sheep in C | Cleo Probe
→ 303 *
olga POST /organise/barn-2027/release
  name = 4.0
→ 303 *
soon visitor GET ${video}
→ 404
olga GET /organise/barn-2027/cuts
shows not in the schedule any more
olga fills /organise/barn-2027/slots/${slot} "Save"
  Parts of a block (optional) = 0 10 Sheep in Rust | Ada Beispiel\n10 10 Sheep in Go | Dora Neu\n20 10 Sheep in C | Cleo Probe
→ 303 *
olga POST /organise/barn-2027/release
  name = 5.0
→ 303 *
soon visitor GET /archive/speakers/dora-neu
shows Sheep in Go
$ confer check
