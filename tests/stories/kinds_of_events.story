# A summit inside an edition shares its rooms and zone and releases on its own; an event of the past needs neither zone nor days.
first barn
olga fills /organise/series/barn/new "Add the event"
  kind = summit:barn-2027
  Title = Fence Summit
  Address = fence-2027
  First day = ${today}
  Last day = ${today}
  Public = yes
→ 303 /organise/fence-2027*
olga fills /organise/fence-2027/talks/new
  Title = Posts and Wires
→ 303 *
olga fills /organise/fence-2027/slots/new "Save"
  Talk = Posts and Wires (no slot yet)
  Room = Loft
  Start = ${today}T16:00
→ 303 *
olga fills /organise/fence-2027/release "Release"
  Name = 0.1
→ 303 *
soon visitor GET /fence-2027/schedule
→ 200
shows Posts and Wires
shows Loft
soon visitor GET /barn-2027/schedule
→ 200
shows Goats and Tests
shows Posts and Wires
olga fills /organise/fence-2027/settings
  Its sessions stand in the edition’s schedule, too = no
→ 303 *
soon visitor GET /barn-2027/schedule
hides Posts and Wires

olga fills /organise/series/barn/new "Add the event"
  What it is = archived
  Title = Barn Days 2011
  Address = barn-2011
  Year = 2011
  Public = yes
→ 303 /organise/barn-2011*
sql SELECT year, kind FROM events WHERE slug = 'barn-2011' AND COALESCE(zone, '') = '' AND start_date IS NULL
  2011 | 2
soon visitor GET /barn-2011
→ 200
shows Barn Days 2011

# An edition needs its days and its zone.
olga fills /organise/series/barn/new "Add the event"
  What it is = edition
  Title = Barn Days 2029
  Address = barn-2029
→ 422
shows Choose the time zone of the venue.
shows The first day is missing.
