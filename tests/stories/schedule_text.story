# The schedule for a terminal is as wide as it is asked for.
first barn
visitor GET /barn-2027/schedule.txt
→ 200
header content-type: text/plain*
body
  …
  12:00–12:45  Hens and Queues · Ada Beispiel, Cleo Probe
  …
visitor GET /barn-2027/schedule.txt?width=40
→ 200
header content-type: text/plain*
header access-control-allow-origin: *
body
  …
  12:00–12:45  Hens and Queues · Ada
               Beispiel, Cleo Probe
  …
visitor GET /nowhere/schedule.txt?width=40
→ 404

# Each release keeps its calendars, as it keeps its other files.
visitor GET /barn-2027/releases/1.0/rooms/loft.ics
→ 200
shows :Hens and Queues
hides Sheep
olga GET /organise/barn-2027/talks
keep sheep = /organise/barn-2027/talks/([A-Z0-9]{6})[^>]*>\s*Sheep and Types
visitor GET /barn-2027/releases/1.0/talks/${sheep}.ics
→ 200
shows :Sheep and Types
hides Hens
visitor GET /barn-2027/releases/1.0/rooms/nowhere.ics
→ 404
