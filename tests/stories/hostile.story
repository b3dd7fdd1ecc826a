# What is no recording, was cut off, or leads to other files ends in a sentence: from the command line, in a watched folder, by upload. Nothing of it is cut or sent.
first barn
file media/words.mkv
  These are words.
file uploads/list.ts
  #EXTM3U
  #EXT-X-TARGETDURATION:10
  #EXTINF:10,
  file:///etc/hostname
  #EXT-X-ENDLIST
file uploads/concat-${today}_10-00-00.mp4
  ffconcat version 1.0
  file '/etc/hostname'
recording media/aula-${today}_09-58-00.mp4 of 600 s cut off
$ confer recordings add --event barn-2027 --room Aula media
prints aula-${today}_09-58-00.mp4
prints damaged
prints cannot be read as a recording
olga GET /organise/barn-2027/footage
→ 200
shows 2 talks, 0 whole by at least one stream

# By upload each is looked into at once, and says what it is.
olga GET /organise/barn-2027/footage
keep recorder = /footage/recorders/(\d+)
olga fills /organise/barn-2027/footage/recorders/${recorder} "Upload"
  file = @uploads/list.ts
→ 303 *
olga fills /organise/barn-2027/footage/recorders/${recorder} "Upload"
  file = @uploads/concat-${today}_10-00-00.mp4
→ 303 *
olga GET /organise/barn-2027/footage
shows list.ts” cannot be read as a recording (Invalid argument)
hides /etc/hostname

# A folder that is watched.
recording data/incoming/barn-2027/loft/loft-${today}_12-00-00.mp4 of 600 s cut off
olga GET /organise/barn-2027/footage/recorders/new
keep room = <option value="(\d+)"[^>]*>Loft
olga POST /organise/barn-2027/footage/recorders/new
  name = Loft
  room = ${room}
  stream = main
  folder = barn-2027/loft
→ 303 *
soon sql SELECT state FROM media_files WHERE path LIKE '%/loft-%' AND reason LIKE '%cannot be read%'
  2
sql SELECT COUNT(*) FROM cuts
  0
$ confer check
