# The draft goes back to what a release says, by the page; what cannot come back is told.
first barn
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
keep hens = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Hens and Queues
olga GET /organise/barn-2027/slots
keep goats_slot = /organise/barn-2027/slots/(\d+)[^>]*>\s*Goats and Tests
keep hens_slot = /organise/barn-2027/slots/(\d+)[^>]*>\s*Hens and Queues
olga fills /organise/barn-2027/talks/${sheep} "Save"
  Title = Sheep, retold
→ 303 *
olga fills /organise/barn-2027/slots/${goats_slot} "Save"
  Room = Loft
  Start = ${today}T15:00
→ 303 *
olga POST /organise/barn-2027/slots/${hens_slot}/remove
→ 303 *
olga fills /organise/barn-2027/talks/new
  Title = Candles and Batteries
→ 303 *

# Nothing happens without the word, or by somebody else.
olga fills /organise/barn-2027/release "Reset the draft"
→ 422
shows Write “reset” here, if you mean it.
visitor POST /organise/barn-2027/release/reset
  to_release = 1.0
  confirm = reset
→ 401
olga POST /organise/barn-2027/release/reset
  to_release = 9.9
  confirm = reset
→ 404
shows There is no release of this name.
sql SELECT title FROM talks ORDER BY title
  Candles and Batteries
  Goats and Tests
  Hens and Queues
  Sheep, retold

olga fills /organise/barn-2027/release "Reset the draft"
  Release = 1.0
  Write “reset” to confirm = reset
→ 303 /organise/barn-2027/release?done=reset
olga GET /organise/barn-2027/release
→ 200
shows Nothing has changed.
olga GET /organise/barn-2027/slots
→ 200
shows Goats and Tests
shows Hens and Queues
sql SELECT t.title, s.start_local FROM talks t LEFT JOIN slots s ON s.talk_id = t.id ORDER BY t.title
  Candles and Batteries | 
  Goats and Tests | ${today}T11:00
  Hens and Queues | ${today}T12:00
  Sheep and Types | ${today}T10:00

# A room that is gone cannot come back by itself.
olga POST /organise/barn-2027/slots/${hens_slot}/remove
→ 303 *
olga GET /organise/barn-2027/rooms
keep loft = /organise/barn-2027/rooms/(\d+)[^>]*>\s*Loft
olga POST /organise/barn-2027/rooms/${loft}/remove
→ 303 *
olga fills /organise/barn-2027/release "Reset the draft"
  Release = 1.0
  Write “reset” to confirm = Reset
→ 200
shows It is as the release was, but for what was removed since
shows “Hens and Queues” is not placed as it was: its room was removed.
olga GET /organise/barn-2027/audit
→ 200
shows draft reset
