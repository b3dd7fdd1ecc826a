# Captions come in as a file, are read by viewers, found by what is said, edited, removed and brought back.
first barn
olga GET /organise/barn-2027/talks
keep goats = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Goats and Tests
file list.csv
  title,url,duration
  Goats and Tests - Bo Muster,https://media.example.org/goats.mp4,29:10
olga fills /organise/barn-2027/recordings "Look at what fits"
  file = @list.csv
→ 303 /organise/barn-2027/recordings/match/*
keep review = (/organise/barn-2027/recordings/match/[0-9a-f]{64})
olga POST ${review}
  video0 = ${goats}
→ 303 /organise/barn-2027/recordings?done=list_taken

# Nobody has any yet, and only who may care for recordings brings some.
visitor GET /barn-2027/talks/${goats}/captions/en.vtt
→ 404
visitor GET /organise/barn-2027/talks/${goats}/captions
→ 401
olga GET /organise/barn-2027/talks/${goats}/captions
→ 200
shows There are no captions yet.
file bad.srt
  1
  00:00:01,000 --> soon
  Hello.
olga fills /organise/barn-2027/talks/${goats}/captions "Take these captions"
  Language = en
  File = @bad.srt
→ 422
shows Line 2: “soon” is not a time; write it as 00:01:02.500.
file goats.srt in latin-1
  1
  00:00:01,000 --> 00:00:04,000
  Good morning, barn café.
  2
  00:12:34,000 --> 00:12:38,000
  <i>A wether</i> is always
  the bellwether of tests.
  3
  00:12:39,000 --> 00:12:41,000
  Thank you.
olga fills /organise/barn-2027/talks/${goats}/captions "Take these captions"
  Language = english!
  File = @goats.srt
→ 422
shows Write the language as a tag
olga fills /organise/barn-2027/talks/${goats}/captions "Take these captions"
  Language = en
  File = @goats.srt
→ 303 /organise/barn-2027/talks/${goats}/captions?done=captions_taken
olga fills /organise/barn-2027/talks/${goats}/captions "Take these captions"
  Language = en
  File = @goats.srt
→ 422
shows There are captions in this language already

# Viewers have them, unchanged for those who have them already.
visitor GET /barn-2027/talks/${goats}/captions/en.vtt
→ 200
header Content-Type: text/vtt*
has WEBVTT
has 00:00:01.000 --> 00:00:04.000
has Good morning, barn café.
has 00:12:34.000 --> 00:12:38.000
lacks <i>
header ETag: "*"
soon visitor GET /barn-2027/talks/${goats}-goats-and-tests
→ 200
has <track kind="captions" src="/barn-2027/talks/${goats}/captions/en.vtt" srclang="en"
soon visitor GET /archive/search?q=bellwether
→ 200
shows Goats and Tests
has /talks/${goats}-goats-and-tests?t=754"
shows Said at 12:34
shows A wether is always the bellwether of tests.

# The text is edited where it stands; two do not overwrite each other.
olga fills /organise/barn-2027/talks/${goats}/captions/en "Save"
  Kind = subtitles
  Move all by (seconds) = 1.5
→ 303 /organise/barn-2027/talks/${goats}/captions/en?done=saved
visitor GET /barn-2027/talks/${goats}/captions/en.vtt
has 00:12:35.500 --> 00:12:39.500
olga POST /organise/barn-2027/talks/${goats}/captions/en
  version = 1
  captions = WEBVTT
→ 422
shows There are no captions in it.
olga POST /organise/barn-2027/talks/${goats}/captions/en
  version = 1
  captions = 00:01.000 --> 00:02.000 
→ 422
olga fills /organise/barn-2027/talks/${goats}/captions/en "Save"
  Move all by (seconds) = soon
→ 422
shows Write seconds
soon visitor GET /barn-2027/talks/${goats}-goats-and-tests
has <track kind="subtitles"
olga GET /organise/barn-2027/talks/${goats}/captions
shows edited here

# Removed, they are nowhere; brought back, they are everywhere again.
olga POST /organise/barn-2027/talks/${goats}/captions/en/remove
  version = 1
→ 409
olga fills /organise/barn-2027/talks/${goats}/captions "Remove"
→ 303 /organise/barn-2027/talks/${goats}/captions?done=captions_removed
visitor GET /barn-2027/talks/${goats}/captions/en.vtt
→ 404
olga GET /organise/barn-2027/talks/${goats}/captions/en
→ 404
soon visitor GET /archive/search?q=bellwether
hides Goats and Tests
olga fills /organise/barn-2027/talks/${goats}/captions "Bring back"
→ 303 /organise/barn-2027/talks/${goats}/captions?done=restored
visitor GET /barn-2027/talks/${goats}/captions/en.vtt
→ 200
soon visitor GET /archive/search?q=bellwether
shows Said at 12:35
olga GET /organise/barn-2027/recordings
shows en
