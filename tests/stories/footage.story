# What recorders wrote is registered, covers the schedule, names its gaps, and a clock that is wrong is put right.
first barn
recording media/aula-${today}_10-00-00.ts of 1200 s
recording media/aula-${today}_10-20-12.ts of 600 s
$ confer recordings add --event barn-2027 --room Aula media
prints aula-${today}_10-00-00.ts
prints (by its name), 20 m 00 s, whole, h264 32×32
prints Sheep and Types: 12 s missing from 10:20:00
$ confer recordings add --event barn-2027 --room Aula media --stream backup
exit 2
prints is registered already, for the recorder “main”
$ confer recordings add --event barn-2027 --room Attic media
exit 2
prints There is no room “Attic” at this event
$ confer recordings add --event barn-2027 --room Aula media nosuch.ts
exit 2
prints There is no file “nosuch.ts”.
$ confer recordings add --event barn-2027 --room Aula media --stream left
exit 2
prints There is no stream “left”
file media2/broken-${today}_11-00-00.mkv
  No recording.
$ confer recordings add --event barn-2027 --room Loft media2
prints growing
sql SELECT COUNT(*) FROM media_files
  3

# The page says the same; nobody else sees it.
olga GET /organise/barn-2027/footage
→ 200
shows 12 s missing from 10:20:00
shows 2 talks, 0 whole by at least one stream
visitor GET /organise/barn-2027/footage
→ 401

# A folder outside of the admin's root is refused; one below it is watched, and its recorder's clock is an hour ahead.
olga POST /organise/barn-2027/footage/recorders/new
  name = Camera
  folder = /etc
→ 422
shows Name a folder below the watched root
shows choose one of the list
olga GET /organise/barn-2027/footage/recorders/new
keep room = <option value="(\d+)"[^>]*>Aula
olga POST /organise/barn-2027/footage/recorders/new
  name = Camera
  room = ${room}
  stream = camera
  folder = barn-2027/camera
→ 303 /organise/barn-2027/footage/recorders/*?done=added
keep recorder = /footage/recorders/(\d+)
recording "data/incoming/barn-2027/camera/${today} 11-00-00.mkv" of 1800 s
recording "data/incoming/barn-2027/camera/${today} 12-00-00.mkv" of 1800 s
soon olga GET /organise/barn-2027/footage/recorders/${recorder}
→ 200
shows 12-00-00.mkv
olga POST /organise/barn-2027/footage/recorders/${recorder}
  version = 1
  name = Camera
  room = ${room}
  stream = camera
  folder = barn-2027/camera
  offset = an hour
→ 422
shows is not a number of seconds such as -3600
olga POST /organise/barn-2027/footage/recorders/${recorder}/clock
  version = 1
  by_ms = -3600000
→ 303 /organise/barn-2027/footage?done=clock_set
olga GET /organise/barn-2027/footage
shows 1 h 00 m 00 s ahead
shows 2 talks, 2 whole by at least one stream
sql SELECT name FROM journal_facts WHERE name LIKE 'recorder.clock%'
  recorder.clock_set

# A backup recorder in the other room is told by what it heard as well that it is 4 m 00 s ahead of the first.
recording loft/${today}_12-00-00.ts of 180 s hearing the room from 0 s
recording loft2/${today}_12-05-00.ts of 150 s hearing the room from 60 s
$ confer recordings add --event barn-2027 --room Loft loft --recorder mixer
$ confer recordings add --event barn-2027 --room Loft loft2 --recorder camera --stream backup
soon olga GET /organise/barn-2027/footage
shows “camera” (Loft) is 4 m 00 s ahead: apply?
shows likely: “mixer” heard the same in a recording.
olga fills /organise/barn-2027/footage "Apply to camera"
→ 303 /organise/barn-2027/footage?done=clock_set
olga GET /organise/barn-2027/footage
hides ahead: apply?

# Consent: what must not be recorded is told, and two answers that leave nothing are refused.
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
olga fills /organise/barn-2027/talks/${sheep} "Save"
  Recording = Stream only: it may be watched live and is not recorded
  Do not stream = yes
→ 422
shows leave nothing
olga fills /organise/barn-2027/talks/${sheep} "Save"
  Recording = Stream only: it may be watched live and is not recorded
→ 303 *
olga GET /organise/barn-2027/footage
shows not to be recorded, but 29 m 48 s of it lie on disk
sql SELECT do_not_record, do_not_stream, review_first FROM talks WHERE title = 'Sheep and Types'
  1 | 0 | 0

# A small recording comes by the plain form, and is looked into at once.
olga fills /organise/barn-2027/footage/recorders/${recorder} "Upload"
  file = @barn.csv
→ 422
shows no media file by its name
recording "${today} 12-00-00.mp4" of 5 s
olga fills /organise/barn-2027/footage/recorders/${recorder} "Upload"
  file = @${today} 12-00-00.mp4
→ 303 /organise/barn-2027/footage/recorders/*?done=recording_uploaded
olga GET /organise/barn-2027/footage/recorders/${recorder}
shows 11:00:00
shows 5 s
$ confer check
