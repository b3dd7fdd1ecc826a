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
