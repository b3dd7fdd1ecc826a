# From a recorder's file to a published video: cut, looked at by a speaker behind a link, published; refused when stale, hidden from others, corrected, taken offline.
first barn
recording media/aula-${today}_09-58-00.ts of 2100 s
$ confer recordings add --event barn-2027 --room Aula media
prints Sheep and Types: whole

olga GET /organise/barn-2027/cuts
→ 200
keep slot = /organise/barn-2027/cuts/(\d+)[^>]*>\s*Sheep and Types
visitor GET /organise/barn-2027/cuts/${slot}
→ 401
visitor GET /organise/barn-2027/cuts/${slot}/preview.mp4
→ 401
olga POST /organise/barn-2027/cuts/${slot}
  do = begin
→ 303 /organise/barn-2027/cuts/${slot}?done=cut_asked
soon olga GET /organise/barn-2027/cuts/${slot}
→ 200
shows waits for a look
keep version = name="version" value="(\d+)"
sql SELECT COUNT(*) FROM cuts WHERE preview_hash <> ''
  1

# Who of a team works at it is seen by the others.
olga GET /organise/barn-2027/cuts/${slot}
shows Nobody of the team has it.
olga fills /organise/barn-2027/cuts/${slot} "I take it"
→ 303 *
olga GET /organise/barn-2027/cuts/${slot}
shows You have it since
olga GET /organise/barn-2027/cuts
has Olga Organiser</td>
olga fills /organise/barn-2027/cuts/${slot} "Let it go"
→ 303 *
olga GET /organise/barn-2027/cuts/${slot}
shows Nobody of the team has it.
visitor POST /organise/barn-2027/cuts/${slot}
  do = take
→ 401

# Nothing is public yet; a link opens it to whoever holds it, and nobody else.
olga POST /organise/barn-2027/cuts/${slot}
  do = link
  for = Ada Beispiel
  is_speaker = 1
→ 200
keep token = review\?token=([A-Za-z0-9_-]{43})
olga GET /organise/barn-2027/cuts
shows asked: Ada Beispiel
sql SELECT COUNT(*) FROM review_links WHERE token_hash = '${token}'
  0
visitor GET /review?token=${token}
→ 200
shows Sheep and Types
shows waits for a look
keep version = name="version" value="(\d+)"
visitor GET /review/preview.mp4?token=${token}
  Range: bytes=0-99
→ 206
header Content-Type: video/mp4
visitor GET /review?token=wrong
→ 404
shows There is no such link

# Both ends must have been looked at; what is stale is refused; asking decides nothing.
visitor POST /review
  token = ${token}
  version = ${version}
  do = good
  saw_beginning = 1
→ 422
shows Look at the end first.
visitor POST /review
  token = ${token}
  version = 0
  do = good
  saw_beginning = 1
  saw_end = 1
→ 422
shows This cut changed meanwhile
visitor POST /review
  token = ${token}
  version = ${version}
  do = wrong
→ 422
shows Say what is wrong
sql SELECT COUNT(*) FROM cut_looks
  0
visitor POST /review
  token = ${token}
  version = ${version}
  do = good
  saw_beginning = 1
  saw_end = 1
  from_s = 62.5
→ 303 /review?token=${token}&done=thanks
soon visitor GET /review?token=${token}
shows Nothing is left to do
shows Ada Beispiel: good
sql SELECT is_good, is_speaker FROM cut_looks
  1 | 1

# Online in the same moment: the talk's page with its own file, the programmes of others, the mail to nobody whose address is unknown.
sql SELECT place, media_type, length_seconds FROM videos
  6 | video/mp4 | 1947
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
soon visitor GET /barn-2027/talks/${sheep}-sheep-and-types
→ 200
keep video = (/barn-2027/talks/${sheep}/videos/\d+)
# Page and archive follow the same fact, each on its own thread: the page may be a moment earlier.
soon visitor GET ${video}
  Range: bytes=0-99
→ 206
header Content-Type: video/mp4
visitor GET /public/events/search?q=sheep
shows Sheep and Types
# What was decided is not decided again.
visitor POST /review
  token = ${token}
  version = ${version}
  do = wrong
  note = Too late
→ 422
shows This cut changed meanwhile

# A correction is the next revision: the former one stays online until it is done.
olga GET /organise/barn-2027/cuts/${slot}
→ 200
shows Nothing is left to do
olga fills /organise/barn-2027/cuts/${slot} "Cut it again"
  Ends = 10:20:00
  Pieces that go (optional) = 10:05:00–10:06:00
  The sound comes later by = 2 hours
→ 422
shows Between -10000 and 10000 milliseconds, or as many frames: -120 ms, 3 frames.
olga fills /organise/barn-2027/cuts/${slot} "Cut it again"
  Ends = 10:20:00
  Pieces that go (optional) = 10:05:00–10:06:00
→ 303 /organise/barn-2027/cuts/${slot}?done=cut_asked
visitor GET ${video}
→ 200
soon olga GET /organise/barn-2027/cuts/${slot}
shows revision 2
shows waits for a look
# What is looked at is without the piece, as the video will be.
shows Pieces were left out.
shows 1 m 00 s less
has data-joint="
sql SELECT COUNT(*) FROM videos
  1
olga fills /organise/barn-2027/cuts/${slot} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 /organise/barn-2027/cuts/${slot}?done=cut_good
soon olga GET /organise/barn-2027/cuts/${slot}
shows Nothing is left to do
sql SELECT length_seconds FROM videos
  1167
soon visitor GET ${video}
→ 404

# A link that was taken back opens nothing.
olga GET /organise/barn-2027/cuts/${slot}
keep link = name="revoke" value="(\d+)"
olga POST /organise/barn-2027/cuts/${slot}
  revoke = ${link}
→ 303 *
visitor GET /review?token=${token}
→ 404
shows was taken back

# Taken offline, it is gone at once; a talk that must not be recorded is not cut.
olga fills /organise/barn-2027/cuts/${slot} "Take it offline"
→ 303 *
sql SELECT COUNT(*) FROM videos
  0
olga fills /organise/barn-2027/talks/${sheep} "Save"
  Recording = No: neither recorded nor streamed
→ 303 *
olga fills /organise/barn-2027/cuts/${slot} "Cut it again"
→ 422
shows do not allow this talk to be recorded

# Times that are none are refused where they stand.
olga fills /organise/barn-2027/cuts/${slot} "Cut it again"
  Begins = ten
  Pieces that go (optional) = 10:05
→ 422
shows “ten” is not a time such as 10:00:30
shows is no piece such as 10:12:00–10:14:30
olga fills /organise/barn-2027/cuts "Save"
  Seconds kept before the slot begins = -5
→ 422
shows Between 0 and 3600 seconds.

# Other forms follow by themselves, HLS as several files; of two files of a recorder one video is made. The speaker wants to look first: the team alone publishes nothing.
olga fills /organise/barn-2027/cuts "Save"
  Seconds kept before the slot begins = 0
  Licence of what is published (optional) = CC-BY-4.0
  HLS: smaller pictures for slow networks = yes
→ 303 /organise/barn-2027/cuts?done=saved
olga fills /organise/barn-2027/cuts "Save"
  Seconds kept after it ends = 90
→ 303 /organise/barn-2027/cuts?done=saved
sql SELECT before_s, after_s, profiles, version FROM cut_settings
  0 | 90 | hls | 2
olga GET /organise/barn-2027/talks
keep goats = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests
olga fills /organise/barn-2027/talks/${goats} "Save"
  Recording = Yes, but the speaker looks at the cut first
→ 303 *
recording media2/aula-${today}_11-00-00.ts of 600 s
recording media2/aula-${today}_11-10-00.ts of 1230 s
$ confer recordings add --event barn-2027 --room Aula media2
prints Goats and Tests: whole
olga GET /organise/barn-2027/cuts
keep slot = /organise/barn-2027/cuts/(\d+)[^>]*>\s*Goats and Tests
olga POST /organise/barn-2027/cuts/${slot}
  do = begin
→ 303 *
soon olga GET /organise/barn-2027/cuts/${slot}
shows waits for a look
olga fills /organise/barn-2027/cuts/${slot} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 *
olga GET /organise/barn-2027/cuts/${slot}
shows waits for a look
olga POST /organise/barn-2027/cuts/${slot}
  do = link
  is_speaker = 1
keep token = review\?token=([A-Za-z0-9_-]{43})
visitor fills /review?token=${token} "Good, publish it"
  I have seen the beginning = yes
  I have seen the end = yes
→ 303 *
soon sql SELECT media_type, license FROM videos ORDER BY position
  video/mp4 | CC-BY-4.0
  application/vnd.apple.mpegurl | CC-BY-4.0
sql SELECT length_seconds FROM videos WHERE position = 0
  1830
soon visitor GET /barn-2027/talks/${goats}-goats-and-tests
→ 200
keep master = data-hls="([^"]+)"
visitor GET ${master}
→ 200
header Content-Type: application/vnd.apple.mpegurl
keep playlist = (?m)^([^#\n]+\.m3u8)$
visitor GET ${master}/../${playlist}
→ 200
keep file = URI="([^"]+)"
visitor GET ${master}/../${file}
  Range: bytes=0-99
→ 206
header Content-Type: video/mp4

# The speaker takes consent back: in that moment no page leads to the video, none of its files is sent, and the team sees why. Consent that comes back brings nothing back by itself.
visitor GET ${master}/../${playlist}
→ 200
visitor GET /barn-2027/talks/${goats}/poster.jpg
→ 200
olga fills /organise/barn-2027/talks/${goats} "Save"
  Recording = Stream only: it may be watched live and is not recorded
→ 303 *
visitor GET ${master}
→ 404
visitor GET ${master}/../${playlist}
→ 404
visitor GET ${master}/../${file}
→ 404
visitor GET /barn-2027/talks/${goats}/poster.jpg
→ 404
soon visitor GET /barn-2027/talks/${goats}-goats-and-tests
→ 200
shows This talk was recorded, but may not be shown.
lacks data-hls
visitor GET /public/events/search?q=goats
lacks /videos/
soon sql SELECT COUNT(*) FROM videos
  0
olga GET /organise/barn-2027/cuts/${slot}
shows not published
shows The speakers do not allow it any more (Stream only: it may be watched live and is not recorded). It was taken offline at ${today}
sql SELECT COUNT(*) FROM mail_outbox WHERE kind = 'recording_withdrawn'
  1
olga fills /organise/barn-2027/talks/${goats} "Save"
  Recording = Yes: it may be recorded and published
→ 303 *
visitor GET ${master}
→ 404
olga fills /organise/barn-2027/cuts/${slot} "Cut it again"
→ 303 /organise/barn-2027/cuts/${slot}?done=cut_asked
$ confer check
