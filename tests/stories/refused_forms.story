# What a form cannot accept comes back with what was typed and a sentence at the field; nothing is stored.
first barn
olga fills /organise/series "Add the series"
  Title = Another
  Address = Barn Yard!
→ 422
shows Barn Yard!
shows small letters, digits and hyphens
olga fills /organise/series/barn "Save"
  Address = -
→ 422
olga fills /organise/series/barn/new "Copy"
  Title = Copy
  Address = barn-2027
  First day = 2028-05-09
→ 422
shows taken
olga fills /organise/series/barn/new "Copy"
  Title = Copy
  Address = barn-2028
  First day = tomorrow
→ 422
shows tomorrow
olga fills /organise/barn-2027/settings
  First day = 2027-05-04
  Last day = 2027-05-03
→ 422
shows The last day lies before the first.
olga fills /organise/barn-2027/rooms/new
  Name = Cellar
  Seats = many
→ 422
shows many
olga POST /organise/barn-2027/rooms/new
  name_en = 
→ 422
shows Please fill this in.
olga fills /organise/barn-2027/rooms/new
  Name = Cellar
  Place in the order = first
→ 422
shows Write a whole number, or nothing.
olga fills /organise/barn-2027/rooms/new
  Name = Cellar
  GUID = 1234
→ 422
shows A GUID is written as
olga fills /organise/barn-2027/tracks/new
  Name = 
→ 422
olga fills /organise/barn-2027/types/new
  Name = Talk
  Minutes = 0
→ 422
olga fills /organise/barn-2027/pages/new
  Title = 
→ 422
olga fills /organise/barn-2027/talks/new
  Title = 
→ 422
olga fills /organise/barn-2027/slots/new "Save"
  Start = ${today}T25:00
→ 422
olga fills /organise/barn-2027/slots/new "Save"
  Room = Aula
  Minutes = -5
→ 422
olga POST /organise/barn-2027/release
  name = 
→ 422
olga fills /organise/barn-2027/release "Reset the draft"
  confirm = maybe
→ 422
olga fills /organise/barn-2027/teams "Add the team"
  Name = Nobody
→ 422
shows Choose at least one.
olga fills /organise/barn-2027/banner
  Text = 
→ 303 *
olga fills /account "Save"
  Name = 
→ 422
olga fills /account "Change the password"
  New password = short
→ 422
olga fills /account "Make a token"
  What is it for? = 
→ 422
olga POST /organise/barn-2027/restore
  what = cake:1
→ 400
olga POST /organise/barn-2027/slots/swap
  a = 1
  b = none
→ 404
olga POST /organise/barn-2027/talks
  talk = NOSUCH
  set_state = accepted
→ 404
sql SELECT COUNT(*) FROM events
  1
sql SELECT COUNT(*) FROM rooms
  2

# A list is saved as a whole: all rows, or none with what was typed.
olga GET /organise/barn-2027/rooms
keep aula = /organise/barn-2027/rooms/(\d+)[^>]*>\s*Aula
keep loft = /organise/barn-2027/rooms/(\d+)[^>]*>\s*Loft
olga fills /organise/barn-2027/rooms "Save the list"
  position_${loft} = 7
  capacity_${aula} = many
→ 422
shows “Aula”: Write a whole number, or nothing.
shows many
olga POST /organise/barn-2027/rooms
  version_${aula} = 99
  position_${aula} = 3
→ 422
shows “Aula”: Someone else changed this meanwhile.
sql SELECT COUNT(*) FROM rooms WHERE position = 7 OR position = 3
  0
olga fills /organise/barn-2027/rooms "Save the list"
  position_${loft} = 7
  capacity_${aula} = 80
→ 303 *
sql SELECT COUNT(*) FROM rooms WHERE position = 7
  1
sql SELECT COUNT(*) FROM rooms WHERE capacity = 80 AND version = 2
  1
olga fills /organise/barn-2027/slots "Change the ticked ones"
  shift = soon
→ 422
shows Write by how many minutes the slots move
shows soon

# What a changed form says of another event's things is refused by the program, not only left out of the lists.
olga fills /organise/barn-2027/tracks/new
  Name = Wool
→ 303 *
olga fills /organise/barn-2027/types/new
  Name = Shearing
  Minutes = 20
→ 303 *
olga fills /organise/series/barn/new "Copy"
  Title = Barn Days 2028
  Address = barn-2028
  First day = 2028-05-09
→ 303 *
olga GET /organise/barn-2028/rooms
keep room = /organise/barn-2028/rooms/(\d+)
olga GET /organise/barn-2028/tracks
keep track = /organise/barn-2028/tracks/(\d+)
olga GET /organise/barn-2028/types
keep type = /organise/barn-2028/types/(\d+)
olga POST /organise/barn-2028/talks/new
  title = Llamas
  language = en
  track = ${track}
  type = ${type}
→ 303 *
olga GET /organise/barn-2028/talks
keep theirs = slots/new\?talk=(\d+)
olga GET /organise/barn-2027/talks
keep talk = /organise/barn-2027/talks/([A-Z0-9]{6})
olga GET /organise/barn-2027/slots
keep slot = /organise/barn-2027/slots/(\d+)
olga POST /organise/barn-2027/talks/new
  title = Stolen
  language = en
  track = ${track}
  type = ${type}
→ 422
shows This event has no such track, or no longer: choose one of the list.
shows This event has no such session type, or no longer: choose one of the list.
olga POST /organise/barn-2027/talks
  talk = ${talk}
  set_track = ${track}
→ 422
shows This event has no such track
olga POST /organise/barn-2027/talks
  talk = ${talk}
  set_type = ${type}
→ 422
shows This event has no such session type
olga POST /organise/barn-2027/slots
  slot = ${slot}
  set_room = ${room}
→ 422
shows This event has no such room, or no longer.
olga POST /organise/barn-2027/slots/new
  kind = 0
  talk = ${theirs}
  room = ${room}
  start = ${today}T18:00
  length = 30
→ 422
shows This event has no such room
olga POST /organise/barn-2027/restore
  what = slots:${slot}.${room}.${today}T10:00.0
→ 409
olga POST /organise/barn-2027/teams
  name = Wool
  rights = programme
  tracks = ${track}
→ 422
shows This event has no such track
olga fills /organise/series "Add the series"
  Title = Yard Days
  Address = yard
→ 303 *
olga POST /organise/series/yard/new
  how = copy
  from = barn-2027
  copy_slug = yard-2027
  copy_start = 2028-05-09
→ 422
shows Choose an edition of this series.
olga POST /organise/series/yard/new
  how = empty
  kind = summit:barn-2027
  title_en = Yard Summit
  slug = yard-2027
  languages = en
  color = #204060
  start = ${today}
  end = ${today}
→ 422
shows A summit lies inside an edition of its own series.
sql SELECT COUNT(*) FROM events
  2
$ confer check
  0 problems
