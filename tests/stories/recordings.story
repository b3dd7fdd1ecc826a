# A list of videos finds its talks, is looked at, taken and taken back; videos that are gone are found, said and looked after.
first barn
olga GET /organise/barn-2027/recordings
→ 200
shows no video
olga GET /organise/barn-2027/talks
keep goats = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests
keep hens = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Hens and Queues
file words.txt
  Only words, no address.
olga fills /organise/barn-2027/recordings "Look at what fits"
  file = @words.txt
→ 422
shows There is no video’s address in the list.
file list.csv
  title,url,duration
  Barn Days 2027 - Goats and Tests - Bo Muster,https://www.youtube.com/watch?v=gznPQpZH1Yc,29:10
  Hens & Queues | Ada Beispiel & Cleo Probe,${address}/barn-2027/schedule,44:00
  A trailer,https://vimeo.com/1,1:00
  Goats and Tests again,https://youtu.be/gznPQpZH1Yc,
olga fills /organise/barn-2027/recordings "Look at what fits"
  file = @list.csv
→ 303 /organise/barn-2027/recordings/match/*
keep review = (/organise/barn-2027/recordings/match/[0-9a-f]{64})

# Nothing has changed yet; nobody else may look.
olga GET ${review}
→ 200
shows Nothing has changed yet.
shows no talk found
shows stands in line 2 of the list already
shows Sheep and Types
sql SELECT COUNT(*) FROM videos
  0
visitor GET ${review}
→ 401
olga POST ${review}
  video0 = NOSUCH
→ 422
shows There is no talk NOSUCH in this event any more.
olga POST ${review}
→ 422
shows Nothing was chosen
olga POST ${review}
  video0 = ${goats}
  video1 = ${hens}
→ 303 /organise/barn-2027/recordings?done=list_taken
olga GET ${review}
→ 404
soon visitor GET /barn-2027/talks/${goats}-goats-and-tests
→ 200
shows Play at YouTube
keep player = property="og:video" content="(https://www.youtube-nocookie.com/embed/gznPQpZH1Yc)"
soon visitor GET /archive/search?q=hens
→ 200
shows Hens and Queues
$ confer recordings match --event barn-2027 list.csv --report report.json
prints here already  Barn Days 2027 - Goats and Tests - Bo Muster
prints no talk found  A trailer
prints without a video

# Taken back as a whole, and by the command line again.
olga GET /organise/barn-2027/recordings
keep undo = (/organise/barn-2027/recordings/taken/\d+/undo)
olga POST ${undo}
→ 303 /organise/barn-2027/recordings?done=list_undone
olga POST ${undo}
→ 404
sql SELECT COUNT(*) FROM videos
  0
sql SELECT COUNT(*) FROM recordings
  0
file list.m3u
  #EXTM3U
  #EXTINF:1750,Goats and Tests
  ${address}/gone.mp4
  #EXTINF:2640,Hens and Queues
  ${address}/barn-2027/schedule
$ confer recordings match --event barn-2027 list.m3u --apply
prints 2 videos added to 2 talks
$ confer recordings match --event barn-2027 list.m3u --apply
prints nothing was changed
$ confer recordings match --event nowhere list.csv
exit 2

# Is it still there? The schedule's page stands for a video that is.
$ confer archive check-links --event barn-2027
prints 2 addresses looked at: 1 are there, 1 were missing, 0 did not say; 0 are called gone now
olga GET /organise/archive/links
→ 200
shows gone.mp4
shows HTTP 404, missing 1 time since
keep link = /organise/archive/links/(\d+)
visitor GET /barn-2027/talks/${goats}-goats-and-tests
→ 200
hides not there any more
visitor GET /organise/archive/links
→ 401
olga POST /organise/archive/links/${link}
  do = gone
→ 303 /organise/archive/links?done=link_marked
soon visitor GET /barn-2027/talks/${goats}-goats-and-tests
→ 200
shows The recording is not there any more where it used to be.
soon visitor GET /archive/search?q=goats
→ 200
hides Goats and Tests
olga GET /organise/archive/links.csv?state=gone
→ 200
header Content-Type: text/csv*
shows gone.mp4
olga POST /organise/archive/links/${link}
  do = replace
  url = gone.mp4
→ 422
shows is not a web address
olga POST /organise/archive/links/${link}
  do = replace
  url = ${address}/barn-2027/speakers
→ 303 *
olga POST /organise/archive/links/check
  limit = 10
→ 303 /organise/archive/links?done=links_asked
soon sql SELECT COUNT(*) FROM videos WHERE health = 1
  2
soon visitor GET /archive/search?q=goats
→ 200
shows Goats and Tests
olga POST /organise/archive/links/check
  event = nowhere
→ 422
shows There is no event “nowhere”.
$ confer check
prints 0 problems
