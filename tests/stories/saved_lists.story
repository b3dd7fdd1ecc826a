# A saved list of rooms, tracks, session types or pages can be taken back, as long as nobody changed it since; so can what was removed.
first barn
olga GET /organise/barn-2027/rooms
keep aula = /organise/barn-2027/rooms/(\d+)[^>]*>\s*Aula
keep loft = /organise/barn-2027/rooms/(\d+)[^>]*>\s*Loft
olga fills /organise/barn-2027/rooms "Save the list"
  capacity_${aula} = 120
→ 303 *
olga fills /organise/barn-2027/rooms "Save the list"
  position_${aula} = 7
  capacity_${aula} = 80
  hidden_${loft} = yes
→ 303 /organise/barn-2027/rooms?done=saved&undo=rooms*
keep noted = \n(/organise\S*undo=\S*)
sql SELECT code, position, capacity, hidden FROM rooms ORDER BY code
  aula | 7 | 80 | 0
  loft | 1 |  | 1
olga GET ${noted}
shows Saved.
olga fills ${noted} "Undo"
→ 303 /organise/barn-2027/rooms?done=changed-back
sql SELECT code, capacity, hidden FROM rooms ORDER BY code
  aula | 120 | 0
  loft |  | 0
olga GET /organise/barn-2027/rooms?done=changed-back
shows Taken back. All is as it was before.

# Once is enough: a second time it is not what it was.
olga fills ${noted} "Undo"
→ 409
shows “Aula” was changed since then, so nothing was taken back.

# Nothing changed: nothing to undo.
olga fills /organise/barn-2027/rooms "Save the list"
→ 303 /organise/barn-2027/rooms?done=saved

# One of two rows was changed meanwhile: neither is taken back.
olga fills /organise/barn-2027/rooms "Save the list"
  capacity_${aula} = 90
  capacity_${loft} = 40
→ 303 *
keep noted = \n(/organise\S*undo=\S*)
olga fills /organise/barn-2027/rooms/${loft} "Save"
  Seats = 41
→ 303 *
olga fills ${noted} "Undo"
→ 409
shows “Loft” was changed since then
sql SELECT code, capacity FROM rooms ORDER BY code
  aula | 90
  loft | 41

# Tracks and their colours.
olga fills /organise/barn-2027/tracks/new "Save"
  Name = Sheep
  Colour = #aa3300
→ 303 *
olga GET /organise/barn-2027/tracks
keep track = /organise/barn-2027/tracks/(\d+)
olga fills /organise/barn-2027/tracks "Save the list"
  color_${track} = #0033aa
  position_${track} = 3
→ 303 *
keep noted = \n(/organise\S*undo=\S*)
olga fills ${noted} "Undo"
→ 303 /organise/barn-2027/tracks?done=changed-back
sql SELECT color FROM tracks
  #aa3300

# Session types and their minutes; what was removed since then is not changed.
olga fills /organise/barn-2027/types/new "Save"
  Name = Workshop
  Minutes = 90
→ 303 *
olga GET /organise/barn-2027/types
keep type = /organise/barn-2027/types/(\d+)[^>]*>\s*Workshop
olga fills /organise/barn-2027/types "Save the list"
  length_${type} = 180
→ 303 *
keep noted = \n(/organise\S*undo=\S*)
olga POST /organise/barn-2027/types/${type}/remove
→ 303 *
keep removed = \n(/organise\S*undo=\S*)
olga fills ${noted} "Undo"
→ 404
shows Something of the list was removed since then
olga fills ${removed} "Undo"
→ 303 /organise/barn-2027/types?done=restored
sql SELECT id, code, length_minutes FROM session_types WHERE code = 'workshop'
  ${type} | workshop | 180

# Information pages; one that is not public any more was not lost.
olga fills /organise/barn-2027/pages/new "Save"
  Title = Travel
  Text = By tractor.
→ 303 *
soon visitor GET /barn-2027/pages/travel
→ 200
olga GET /organise/barn-2027/pages
keep page = /organise/barn-2027/pages/(\d+)[^>]*>\s*Travel
olga fills /organise/barn-2027/pages "Save the list"
  is_public_${page} = no
  in_navigation_${page} = no
→ 303 *
keep noted = \n(/organise\S*undo=\S*)
soon visitor GET /barn-2027/pages/travel
→ 404
olga fills ${noted} "Undo"
→ 303 /organise/barn-2027/pages?done=changed-back
soon visitor GET /barn-2027/pages/travel
→ 200
shows By tractor.
olga POST /organise/barn-2027/pages/${page}/remove
→ 303 *
keep removed = \n(/organise\S*undo=\S*)
olga fills ${removed} "Undo"
→ 303 *
sql SELECT id, slug FROM info_pages WHERE deleted_at_ms IS NULL AND slug = 'travel'
  ${page} | travel

# Nonsense, somebody else's row, and somebody without the right.
olga POST /organise/barn-2027/restore
  what = rooms:nonsense
→ 400
olga POST /organise/barn-2027/restore
  what = rooms:${aula}.9
→ 400
$ confer user add peter@example.org "Peter Programme"
$ confer user grant peter@example.org programme --event barn-2027
peter signs in as peter@example.org
olga fills /organise/barn-2027/rooms "Save the list"
  capacity_${aula} = 91
→ 303 *
keep what = undo=rooms%3A([\d.]+)
peter POST /organise/barn-2027/restore
  what = rooms:${what}
→ 403
sql SELECT capacity FROM rooms WHERE code = 'aula'
  91
