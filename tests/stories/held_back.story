# A recording that is held back until a moment, of an event or of a talk; what viewers are told in words; consent above it all; programs that are given what is online.
file up.sh
  if [ "$1" = removed ]; then echo "taken from $4"; exit 0; fi
  if [ ! -e "$5/ready" ]; then echo "the bucket is away" >&2; exit 7; fi
  cp "$2" "$5/copy.mp4" && cp "$3" "$5/copy.json"
  echo "url: https://tube.example.org/w/$1"
file hear.sh
  printf 'WEBVTT\n\n00:01.000 --> 00:03.000\nWelcome to the barn\n' > "$2.vtt"
  head -c 4 "$1"
file data/confer.toml
  [[hooks]]
  name = "tube"
  command = ["/bin/sh", "${folder}/up.sh", "{occasion}", "{file}", "{metadata}", "{url}", "${folder}"]
  occasions = ["published", "revised", "removed"]
  [recogniser]
  command = ["/bin/sh", "${folder}/hear.sh", "{sound}", "{captions}"]
first barn
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
keep goats = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests

# States in words, for a talk without any video.
visitor GET /organise/barn-2027/talks/${goats}/recording
→ 401
olga fills /organise/barn-2027/talks/${goats}/recording "Save"
  What viewers are told = The recording was lost
  More about it (optional) = The disk of the Aula broke.
→ 303 /organise/barn-2027/talks/${goats}/recording?done=saved
soon visitor GET /barn-2027/talks/${goats}-goats-and-tests
shows The recording of this talk was lost.
shows The disk of the Aula broke.
olga fills /organise/barn-2027/talks/${goats}/recording "Save"
  Embargo until (optional) = 2999-01-01T10:00
→ 422
shows To hold it back until then, choose the embargo above.
olga fills /organise/barn-2027/talks/${goats}/recording "Save"
  What viewers are told = It is shown from a moment on (embargo)
  Embargo until (optional) = 2020-01-01T10:00
→ 422
shows This moment is over.
olga fills /organise/barn-2027/talks/${goats}/recording "Save"
  What viewers are told = It is shown from a moment on (embargo)
  Embargo until (optional) = 2999-05-06T12:00
→ 303 *
soon visitor GET /barn-2027/talks/${goats}-goats-and-tests
shows The recording is embargoed until Monday, 6 May 2999, 12:00 (UTC).

# The event's embargo: a cut is made, looked at and found good, and shown to nobody before.
olga fills /organise/barn-2027/cuts "Save"
  Embargo until (optional) = 2999-01-01T09:00
→ 303 /organise/barn-2027/cuts?done=saved
recording media/aula-${today}_10-00-00.ts of 20 s with sound
$ confer recordings add --event barn-2027 --room Aula media
prints Sheep and Types
olga GET /organise/barn-2027/cuts
keep slot = /organise/barn-2027/cuts/(\d+)[^>]*>\s*Sheep and Types
olga POST /organise/barn-2027/cuts/${slot}
  do = begin
→ 303 *
soon olga GET /organise/barn-2027/cuts/${slot}
shows waits for a look
olga fills /organise/barn-2027/cuts/${slot} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 *
soon olga GET /organise/barn-2027/cuts/${slot}
shows embargoed until 2999-01-01 09:00
shows goes online by itself then
olga GET /organise/barn-2027/cuts
shows embargoed until 2999-01-01 09:00
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
shows The recording is embargoed until Tuesday, 1 January 2999, 09:00 (UTC).
lacks <video
visitor GET /barn-2027/talks/${sheep}/videos/1
→ 404
visitor GET /public/events/search?q=sheep
lacks /videos/

# What is recognised waits for a person; uploads wait for the embargo.
soon olga GET /organise/barn-2027/cuts/${slot}
shows 1 caption, for somebody to read and save.
lacks tube
olga GET /organise/barn-2027/talks/${sheep}/captions
shows recognised by a program, not shown yet

# Moved, over a restart too; ended, it is shown.
kill -9
serve
olga signs in as olga@example.org
olga fills /organise/barn-2027/cuts "Save"
  Embargo until (optional) = 2998-01-01T09:00
→ 303 *
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
shows embargoed until Monday, 1 January 2998, 09:00 (UTC).
sql SELECT COUNT(*) FROM jobs WHERE kind = 'recordings.lift_embargo' AND state = 0
  3
olga fills /organise/barn-2027/cuts "Save"
  Embargo until (optional) =
→ 303 *
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
has <video
soon olga GET /organise/barn-2027/cuts/${slot}
shows tube
shows failed, is tried again (ended with 7)
shows the bucket is away
file ready
soon sql SELECT attempts, state FROM program_runs WHERE target = 'tube'
  2 | 1
olga GET /organise/barn-2027/cuts/${slot}
has href="https://tube.example.org/w/published"
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
has href="https://tube.example.org/w/published"

# Consent stands above what the team says.
olga fills /organise/barn-2027/talks/${sheep} "Save"
  Recording = No: neither recorded nor streamed
→ 303 *
soon olga GET /organise/barn-2027/cuts/${slot}
shows taken from https://tube.example.org/w/published
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
shows may not be shown
lacks tube.example.org
olga fills /organise/barn-2027/talks/${sheep}/recording "Save"
  What viewers are told = It may be shown
→ 422
shows do not allow it to be shown
$ confer check
