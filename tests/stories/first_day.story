# An organiser begins with an empty installation and has a released programme by the evening.
$ confer user add olga@example.org "Olga Organiser"
$ confer user grant olga@example.org "organise programme site people operate"
  Granted: organise programme site people operate on the whole installation
serve
visitor GET /organise
→ 401
olga signs in as olga@example.org
olga fills /organise/series "Add the series"
  Title = Examplia
  Address = examplia
→ 303 /organise/series*
olga fills /organise/series/examplia/new "Add the event"
  Title = Examplia 2027
  Address = examplia-2027
  Time zone of the venue = Europe/Berlin
  First day = 2027-05-04
  Last day = 2027-05-05
  Public = no
→ 303 /organise/examplia-2027*

# Nobody else may know of it yet.
visitor GET /examplia-2027
→ 404
visitor GET /examplia-2027/schedule.json
→ 404

olga fills /organise/examplia-2027/rooms/new
  Name = Aula
  Seats = 300
→ 303 *
olga fills /organise/examplia-2027/tracks/new
  Name = Databases
→ 303 *
olga fills /organise/examplia-2027/types/new
  Name = Talk
  Minutes = 45
→ 303 *
olga fills /organise/examplia-2027/talks/new
  Title = Writing to disk and meaning it
  Abstract = What fsync **promises**.
  Track = Databases
→ 303 *
olga fills /organise/examplia-2027/slots/new "Save"
  Talk = Writing to disk and meaning it (no slot yet)
  Room = Aula
  Start = 2027-05-04T10:00
  Minutes = 45
→ 303 *
olga fills /organise/examplia-2027/release "Release"
  Name = 1.0
  Comment = Come and see.
→ 303 *
olga fills /organise/examplia-2027/settings
  Public = yes
→ 303 *
soon visitor GET /examplia-2027/schedule
→ 200
shows Writing to disk and meaning it
shows Aula
keep talk = (/examplia-2027/talks/[A-Z0-9]{6}[a-z-]*)
visitor GET ${talk}
→ 200
shows What fsync promises .
visitor GET /examplia-2027/schedule.json
→ 200
is schedule.conference.days.0.rooms.Aula.0.title = "Writing to disk and meaning it"
is schedule.conference.days.0.rooms.Aula.0.date = "2027-05-04T10:00:00+02:00"
is schedule.version = "1.0"
sql SELECT COUNT(*) FROM releases
  1
$ confer check
  0 problems
