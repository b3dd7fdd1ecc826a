# Speakers are told of what concerns them: a session that is taken out is cancelled in their calendar, and the file can be had from the outbox.
first barn
visitor GET /barn-2027/speakers
→ 200
keep bo = /speakers/([A-Z0-9]{6})[^>]*>\s*Bo Muster
olga fills /organise/barn-2027/speakers/${bo}/details "Save"
  E-mail = bo@example.org
→ 303 *
olga GET /organise/barn-2027/slots
→ 200
keep slot = /organise/barn-2027/slots/(\d+)">Goats and Tests
olga POST /organise/barn-2027/slots/${slot}/remove
→ 303 *
olga fills /organise/barn-2027/release "Release"
  Name = 2.0
→ 303 *
soon olga GET /organise/barn-2027/outbox
→ 200
shows bo@example.org
keep mail = /outbox/(\d+)
olga GET /organise/barn-2027/outbox/${mail}
→ 200
shows “Goats and Tests” does not take place any more
shows sessions.ics
olga GET /organise/barn-2027/outbox/${mail}/1
→ 200
header Content-Disposition: attachment*sessions.ics*
body
  BEGIN:VCALENDAR
  …
  METHOD:PUBLISH
  …
  SEQUENCE:1
  …
  SUMMARY;LANGUAGE=en:Goats and Tests
  …
  STATUS:CANCELLED
  …
olga GET /organise/barn-2027/outbox/${mail}/2
→ 404
visitor GET /organise/barn-2027/outbox/${mail}/1
→ 401

# A calendar that subscribed has no METHOD: Outlook would take it for an invitation.
visitor GET /barn-2027/schedule.ics
→ 200
hides METHOD

# A room that is needed stays.
olga GET /organise/barn-2027/rooms
keep loft = /organise/barn-2027/rooms/(\d+)">Loft
olga POST /organise/barn-2027/rooms/${loft}/remove
→ 409
shows 1 slot of the draft stands in this room. Move or remove them first (/organise/barn-2027/slots), or hide the room.

# A release is found where the installation is today.
$ confer export --event barn-2027 --format schedule.json --base-url https://conf.example.org
prints https://conf.example.org/barn-2027/talks/
