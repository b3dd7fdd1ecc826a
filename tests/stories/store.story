# What is published lies in an S3-compatible store: sent with ranges from there, verified before it is seen, waiting while the store is away, gone when it is taken back.
store
file data/confer.toml
  [store]
  endpoint = "${store}"
  bucket = "talks"
  region = "eu-test-1"
  key = "TESTKEY"
  secret = "a/secret+of 40 characters, or so"
  prefix = "barn/videos"
first barn
recording media/aula-${today}_09-58-00.ts of 2100 s
$ confer recordings add --event barn-2027 --room Aula media
olga GET /organise/barn-2027/cuts
keep slot = /organise/barn-2027/cuts/(\d+)[^>]*>\s*Sheep and Types
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
olga POST /organise/barn-2027/cuts/${slot}
  do = begin
→ 303 *
soon olga GET /organise/barn-2027/cuts/${slot}
shows waits for a look

# The store is away: the cut is ready and waits, the page says why, and nothing of it can be seen.
store away
olga fills /organise/barn-2027/cuts/${slot} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 *
soon olga GET /organise/barn-2027/cuts/${slot}
shows The store at ${store}/ does not answer. It is ready, and waits until the store is there again.
sql SELECT COUNT(*) FROM videos
  0
sql SELECT COUNT(*) FROM jobs WHERE kind = 'cutting.publish' AND state = 3
  0

# It comes back, and keeps other bytes than it is sent: that is noticed, and not published.
store corrupt
store back
soon olga GET /organise/barn-2027/cuts/${slot}
shows What lies in the store is not what was sent there: it is sent again.
sql SELECT COUNT(*) FROM videos
  0
sql SELECT stage FROM cuts
  4
store corrupt no
soon olga GET /organise/barn-2027/cuts/${slot}
shows Nothing is left to do
hides does not answer
hides is sent again
sql SELECT COUNT(*) FROM cuts WHERE problem = ''
  1
# On PostgreSQL the preview was there for other machines, and goes now.
soon sql SELECT COUNT(*) FROM stored_files WHERE state = 1 AND verified_at_ms IS NOT NULL
  2
soon store holds 2 files
nowhere a/secret+of 40 characters, or so but in data/confer.toml

# From here, while a copy is here: the store need not be there.
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
→ 200
keep video = (/barn-2027/talks/${sheep}/videos/\d+)
store away
soon visitor GET ${video}
  Range: bytes=4-11
→ 206
header Content-Type: video/mp4
header Content-Range: bytes 4-11/*
has ftyp

# No copy is here: the store is asked, piece by piece. Away, that is said, and no half answer is given.
copies go
visitor GET ${video}
  Range: bytes=4-11
→ 503
header Retry-After: 30
shows This recording cannot be fetched just now.
store back
soon visitor GET ${video}
  Range: bytes=4-11
→ 206
header Content-Type: video/mp4
header Content-Range: bytes 4-11/*
header Accept-Ranges: bytes
has ftyp
visitor GET ${video}
→ 200
has ftyp
visitor GET ${video}
  Range: bytes=99999999-
→ 416
visitor GET /barn-2027/talks/${sheep}/poster.jpg
→ 200
header Content-Type: image/jpeg
$ confer check

# Another form is made of what lies in the store alone, by itself.
olga fills /organise/barn-2027/cuts "Save"
  HLS: smaller pictures for slow networks = yes
→ 303 *
olga fills /organise/barn-2027/cuts/${slot} "Cut it again"
  Ends = 10:20:00
→ 303 *
soon olga GET /organise/barn-2027/cuts/${slot}
shows revision 2
shows waits for a look
olga fills /organise/barn-2027/cuts/${slot} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 *
soon sql SELECT media_type FROM videos ORDER BY position
  video/mp4
  application/vnd.apple.mpegurl
# The former revision went from the store, too: video and poster, and what HLS consists of.
soon sql SELECT COUNT(*) FROM stored_files f WHERE f.hash NOT IN (SELECT published_hash FROM cuts UNION SELECT poster_hash FROM cuts UNION SELECT hash FROM cut_files)
  0
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
→ 200
keep master = data-hls="([^"]+)"
copies go
visitor GET ${master}
→ 200
header Content-Type: application/vnd.apple.mpegurl
has #EXTM3U

# Consent is taken back: nothing is sent from that moment on, and the store empties.
olga fills /organise/barn-2027/talks/${sheep} "Save"
  Recording = Stream only: it may be watched live and is not recorded
→ 303 *
visitor GET ${master}
→ 404
soon store holds 0 files
soon sql SELECT COUNT(*) FROM stored_files
  0
$ confer check
