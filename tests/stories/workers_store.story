# A worker on another machine, and nothing in common with the server but PostgreSQL and a store. (PostgreSQL)
store
file data/confer.toml
  [media]
  cuts_here = false
  [store]
  endpoint = "${store}"
  bucket = "talks"
  region = "eu-test-1"
  key = "TESTKEY"
  secret = "a/secret+of 40 characters, or so"
first barn
recording hall/aula-${today}_09-58-00.ts of 2100 s
$ confer recordings add --event barn-2027 --room Aula hall
olga fills /organise/barn-2027/cuts "Save"
  HLS: smaller pictures for slow networks = yes
→ 303 *
olga GET /organise/barn-2027/cuts
keep slot = /organise/barn-2027/cuts/(\d+)[^>]*>\s*Sheep and Types
olga POST /organise/barn-2027/cuts/${slot}
  do = begin
→ 303 *
file hall-pc/confer.toml
  machine = "hall-pc"
  [store]
  endpoint = "${store}"
  bucket = "talks"
  region = "eu-test-1"
  key = "TESTKEY"
  secret = "a/secret+of 40 characters, or so"
worker hall-pc

# The preview, its storyboard and its samples of the sound are seen through the server, which has none of these files.
soon olga GET /organise/barn-2027/cuts/${slot}
shows waits for a look
olga GET /organise/barn-2027/cuts/${slot}/preview.mp4
  Range: bytes=4-11
→ 206
has ftyp
olga GET /organise/barn-2027/cuts/${slot}/files/storyboard.json
→ 200
header Content-Type: application/json
worker hall-pc ends

# Another machine has none of what the first one made, and encodes what is online all the same.
olga fills /organise/barn-2027/cuts/${slot} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 *
file encoder/confer.toml
  machine = "encoder"
  [store]
  endpoint = "${store}"
  bucket = "talks"
  region = "eu-test-1"
  key = "TESTKEY"
  secret = "a/secret+of 40 characters, or so"
worker encoder
soon sql SELECT media_type FROM videos ORDER BY position
  video/mp4
  application/vnd.apple.mpegurl
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
→ 200
keep master = data-hls="([^"]+)"
visitor GET ${master}
→ 200
has #EXTM3U
keep playlist = (?m)^([^#\n]+\.m3u8)$
visitor GET ${master}/../${playlist}
→ 200
keep file = URI="([^"]+)"
visitor GET ${master}/../${file}
  Range: bytes=0-99
→ 206

# Taken offline, the store empties; the preview went when it was published.
olga fills /organise/barn-2027/cuts/${slot} "Take it offline"
→ 303 *
soon store holds 0 files
worker encoder ends
$ confer check
