# At 08:50 a speaker is ill: cancelled on a phone, everybody is told, and undone when she comes after all.
first barn
visitor GET /barn-2027/schedule.ics
→ 200
keep uid = UID:(\S+)
olga GET /organise/barn-2027/now
→ 200
shows Sheep and Types
keep slot = /organise/barn-2027/now/(\d+)
olga fills /organise/barn-2027/now/${slot} "Cancel this session"
  Note for visitors = Ada has lost her voice.
→ 303 *
soon visitor GET /barn-2027/schedule
→ 200
shows Sheep and Types cancelled
keep talk = (/barn-2027/talks/[^"]+)[^>]*>\s*Sheep and Types
visitor GET ${talk}
→ 200
shows cancelled
shows Ada has lost her voice.
visitor GET /barn-2027/schedule.ics
→ 200
body
  …
  UID:${uid}
  …
  STATUS:CANCELLED
  …
sql SELECT name FROM releases ORDER BY revision
  1.0
  1.0.1

# The draft has it as well: the next release does not bring the talk back by accident.
olga GET /organise/barn-2027/release
→ 200
shows Nothing has changed.

olga fills /organise/barn-2027/now/${slot} "Reinstate"
→ 303 *
soon visitor GET /barn-2027/schedule
→ 200
hides cancelled

# The roof of the Aula drips: everything goes to the Loft.
olga GET /organise/barn-2027/now
keep room = /organise/barn-2027/now/rooms/([^"]+)(?:(?!</a>).)*Close Aula
olga fills /organise/barn-2027/now/rooms/${room} "Close the room"
  What is to come = moves to Loft
  From = ${today}T00:00
  Note for visitors = The roof drips.
→ 303 *
soon visitor GET /barn-2027/schedule.json
→ 200
is schedule.conference.days.0.rooms.Loft.0.title = "Sheep and Types"
is schedule.conference.days.0.rooms.Loft.1.title = "Goats and Tests"
olga GET /organise/barn-2027/audit
→ 200
shows Olga Organiser
