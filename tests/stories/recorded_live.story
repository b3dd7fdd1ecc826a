# A room's stream is recorded in segments that are registered as they come, through breaks and power cuts, and never while a talk forbids it.
first barn
olga fills /organise/barn-2027/rooms/new "Save"
  Name = Stable
→ 303 *
olga fills /organise/barn-2027/talks/new
  Title = Cows All Day
→ 303 *
olga GET /organise/barn-2027/talks
keep cows = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Cows All Day
olga fills /organise/barn-2027/slots/new
  talk = Cows All Day (no slot yet)
  room = Stable
  start = ${today}T00:00
  length = 1440
→ 303 *
$ confer release 1.1 --event barn-2027

# What cannot be recorded is refused before anything is tried.
$ confer record --event barn-2027 --room Stable file:///etc/passwd
exit 2
prints A stream’s address begins with rtmp://
$ confer record --event barn-2027 --room Attic http://127.0.0.1:1/
exit 2
prints There is no room “Attic” at this event
sql SELECT COUNT(*) FROM recorders
  0

# It writes segment by segment; the page knows of one while it grows. Its key is shown nowhere.
stream
begin confer record --event barn-2027 --room Stable --segment 10 ${stream}
soon said
prints Writing 20
prints Z.ts: 
soon olga GET /organise/barn-2027/footage
shows still recording
soon sql SELECT CASE WHEN COUNT(*) >= 1 THEN 'some' END FROM media_files WHERE state = 1
  some
said
prints Recording “Stable” (main) into
prints Connecting to http://127.0.0.1:
# The second begins where the first ends, by their names: also of the first, into which ffmpeg looked for some seconds before it opened a file.
soon sql SELECT CASE WHEN ABS(a.told_at_ms + a.length_ms - b.told_at_ms) < 1600 THEN 'close' END FROM media_files a JOIN media_files b ON a.state = 1 AND b.state = 1 AND b.told_at_ms > a.told_at_ms ORDER BY a.told_at_ms, b.told_at_ms LIMIT 1
  close

# The stream breaks off, and it connects again.
stream breaks off
soon said
prints The stream broke off: it ended. Trying again in 1 s.
soon sql SELECT COUNT(*) FROM media_files WHERE state = 0
  1

# A speaker changes their mind: nothing more is written until they allow it again.
olga fills /organise/barn-2027/talks/${cows} "Save"
  consent = no
→ 303 *
soon said
prints : the speakers of “Cows All Day” do not allow it.
soon sql SELECT COUNT(*) FROM media_files WHERE state <> 1
  0
olga fills /organise/barn-2027/talks/${cows} "Save"
  consent = yes
→ 303 *
soon sql SELECT COUNT(*) FROM media_files WHERE state = 0
  1

# Another one for the same files is refused; a power cut leaves the last segment, which the next one finds whole.
$ confer record --event barn-2027 --room Stable ${stream}
exit 2
prints Another recording writes into
end -9
sql SELECT COUNT(*) FROM media_files WHERE state = 0
  1
olga fills /organise/barn-2027/talks/${cows} "Save"
  consent = no
→ 303 *
begin confer record --event barn-2027 --room Stable --segment 10 ${stream}
soon said
prints do not allow it.
sql SELECT COUNT(*) FROM media_files WHERE state <> 1
  0

# Told to stop, it stops.
end
exit 0
prints Stopped, as told.
olga fills /organise/barn-2027/talks/${cows} "Save"
  consent = yes
→ 303 *
begin confer record --event barn-2027 --room Stable --recorder laptop --stream backup --segment 60 ${stream}
soon sql SELECT COUNT(*) FROM media_files WHERE state = 0
  1
end
exit 0
prints Stopped, as told.
prints s, whole.
sql SELECT COUNT(*) FROM media_files WHERE state <> 1
  0
nowhere secret-key

# Nobody is there: it goes on trying.
begin confer record --event barn-2027 --room Loft http://127.0.0.1:1/secret-key
soon said
prints Connection refused Trying again in 2 s.
end
exit 0
prints Stopped, as told.
